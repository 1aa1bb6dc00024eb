import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Scope } from '../process/process.ts'

export interface Trainee {
  readonly id: number
  readonly firstname: string
  readonly lastname: string
  readonly email: string
}

export interface Criterion {
  readonly complete: boolean
  /** Seconds since 1970. */
  readonly timecompleted: number | null
}

/** One person in one course. */
export interface Enrolment {
  readonly completed: boolean
  readonly aggregation?: 1 | 2
  readonly criteria: readonly Criterion[]
}

/** How the next calls are answered. */
export type Mood =
  | 'well'
  | 'hang'
  | 'error-500'
  | 'html'
  | 'half'
  | 'cut'
  | 'null'
  | 'maintenance'
  | 'maintenance-503'
  | 'redirect'
  | 'flood'
  | 'other-shape'

export interface MoodleStandIn {
  /** For `MOODLE_URL`. */
  readonly url: string
  readonly token: string
  mood: Mood
  /** Functions that the token may call. */
  readonly functions: Set<string>
  readonly people: Trainee[]
  /** By course, then by user. A course that is not in it does not exist. */
  readonly courses: Map<number, Map<number, Enrolment>>
  /** Every call: its function and its fields, without the token. */
  readonly calls: { readonly name: string; readonly fields: Readonly<Record<string, string>> }[]
  /** Addresses asked for, with their queries. */
  readonly addresses: string[]
  /** Adds somebody who is enrolled in a course. */
  add(person: Trainee, course: number, enrolment: Enrolment): void
}

/** Finished at a moment in milliseconds since 1970. */
export const finishedAt = (at: number): Enrolment => ({
  completed: true,
  criteria: [{ complete: true, timecompleted: Math.floor(at / 1_000) }],
})

export const unfinished: Enrolment = {
  completed: false,
  criteria: [
    { complete: true, timecompleted: 1_700_000_000 },
    { complete: false, timecompleted: null },
  ],
}

/** What Moodle throws, as its REST server writes it: with status 200. */
const thrown = (exception: string, errorcode: string, message: string) => ({ exception, errorcode, message })

function asUser({ id, firstname, lastname, email }: Trainee) {
  return {
    id,
    username: email.split('@')[0] ?? '',
    firstname,
    lastname,
    fullname: `${firstname} ${lastname}`,
    email,
  }
}

/** A Moodle on a loopback port that answers Lintel's calls as Moodle's own source does; closed after the test. */
export async function openMoodle(t: Scope): Promise<MoodleStandIn> {
  const token = '0123456789abcdef0123456789abcdef'
  const hanging = new Set<ServerResponse>()
  const server = createServer((request, response) => void serve(request, response))

  function answer(name: string, fields: URLSearchParams): unknown {
    if (!moodle.functions.has(name))
      return thrown('webservice_access_exception', 'accessexception', 'Access control exception')
    if (name === 'core_webservice_get_site_info')
      return { sitename: 'Training', functions: [...moodle.functions].map(each => ({ name: each })) }
    if (name === 'core_user_get_users_by_field') return byEmail(fields)
    const enrolled = moodle.courses.get(Number(fields.get('courseid')))
    if (enrolled === undefined)
      return thrown('dml_missing_record_exception', 'invalidrecord', "Can't find data record in database")
    return name === 'core_enrol_get_enrolled_users' ? list(enrolled, fields) : status(enrolled, fields)
  }

  function byEmail(fields: URLSearchParams): unknown {
    const values = [...fields].filter(([key]) => key.startsWith('values[')).map(([, value]) => value)
    if (values.some(value => !/^\S+@\S+$/.test(value)))
      return thrown('invalid_parameter_exception', 'invalidparameter', 'Invalid parameter value detected')
    return moodle.people.filter(({ email }) => values.includes(email)).map(asUser)
  }

  function list(enrolled: ReadonlyMap<number, Enrolment>, fields: URLSearchParams): unknown {
    const options = new Map<string, string>()
    for (let index = 0; fields.has(`options[${index}][name]`); index++)
      options.set(fields.get(`options[${index}][name]`) ?? '', fields.get(`options[${index}][value]`) ?? '')
    const from = Number(options.get('limitfrom') ?? 0)
    const people = moodle.people.filter(({ id }) => enrolled.has(id)).toSorted((a, b) => a.id - b.id)
    return people.slice(from, from + Number(options.get('limitnumber') ?? 0)).map(asUser)
  }

  function status(enrolled: ReadonlyMap<number, Enrolment>, fields: URLSearchParams): unknown {
    const id = Number(fields.get('userid'))
    if (!moodle.people.some(person => person.id === id))
      return thrown('dml_missing_record_exception', 'invaliduser', 'Invalid user')
    const enrolment = enrolled.get(id)
    if (enrolment === undefined)
      return thrown('moodle_exception', 'usernotenroled', 'The user is not enrolled in this course')
    if (enrolment.criteria.length === 0)
      return thrown('moodle_exception', 'nocriteriaset', 'No completion criteria set for this course')
    return {
      completionstatus: {
        completed: enrolment.completed,
        aggregation: enrolment.aggregation ?? 1,
        completions: enrolment.criteria.map(({ complete, timecompleted }) => ({
          type: 4,
          title: 'Activity completion',
          status: complete ? 'Yes' : 'No',
          complete,
          timecompleted,
          details: { type: 'Activity completion', criteria: 'Quiz', requirement: '', status: '' },
        })),
      },
      warnings: [],
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    moodle.addresses.push(request.url ?? '')
    const fields = new URLSearchParams(await text(request))
    const given = fields.get('wstoken')
    const name = fields.get('wsfunction') ?? ''
    fields.delete('wstoken')
    fields.delete('wsfunction')
    moodle.calls.push({ name, fields: Object.fromEntries(fields) })
    const isJson = new URL(request.url ?? '', url).searchParams.get('moodlewsrestformat') === 'json'
    const say = (body: unknown) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    }
    if (moodle.mood !== 'well') misbehave(moodle.mood, response, say)
    else if (!isJson) response.end('<?xml version="1.0" encoding="UTF-8" ?><RESPONSE/>')
    else if (given !== token)
      say(thrown('core\\exception\\moodle_exception', 'invalidtoken', 'Invalid token'))
    else say(answer(name, fields))
  }

  function misbehave(
    mood: Exclude<Mood, 'well'>,
    response: ServerResponse,
    say: (body: unknown) => void,
  ): void {
    if (mood === 'hang') hanging.add(response)
    else if (mood === 'error-500') response.writeHead(500).end('Internal error')
    else if (mood === 'html') response.end('<!DOCTYPE html><title>Log in to the site</title>')
    else if (mood === 'half') response.end('{"completionstatus":{"completed":tr')
    else if (mood === 'cut') response.writeHead(200, { 'content-length': '1000' }).write('[{"id":1')
    else if (mood === 'null') say(null)
    else if (mood === 'maintenance') say(thrown('moodle_exception', 'sitemaintenance', 'Under maintenance'))
    else if (mood === 'maintenance-503')
      response.writeHead(503).end('<!DOCTYPE html><title>Maintenance</title>')
    else if (mood === 'redirect') response.writeHead(303, { location: 'http://127.0.0.1:9/steal' }).end()
    else if (mood === 'flood') response.end(`"${'x'.repeat(3_000_000)}"`)
    else say({ completionstatus: { completed: 'yes' } })
    if (mood === 'cut') response.destroy()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    for (const response of hanging) response.destroy()
    server.closeAllConnections()
    await new Promise<void>(resolve => server.close(() => resolve()))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const moodle: MoodleStandIn = {
    url,
    token,
    mood: 'well',
    functions: new Set([
      'core_webservice_get_site_info',
      'core_user_get_users_by_field',
      'core_completion_get_course_completion_status',
      'core_enrol_get_enrolled_users',
    ]),
    people: [],
    courses: new Map(),
    calls: [],
    addresses: [],
    add(person, course, enrolment) {
      if (!moodle.people.some(({ id }) => id === person.id)) moodle.people.push(person)
      const enrolled = moodle.courses.get(course) ?? new Map<number, Enrolment>()
      enrolled.set(person.id, enrolment)
      moodle.courses.set(course, enrolled)
    },
  }
  return moodle
}
