import { z } from 'zod'
import type { Settings } from '../settings.ts'
import { type CourseStatus, type Doubt, doubtOf } from './rules.ts'

/** Milliseconds that one call may take, its name look-up included. */
const patience = 10_000
/** Milliseconds without a call after one that had no answer: agents do not wait, and hung name look-ups do not pile up. */
const rest = 20_000
/** Calls of this process at once. */
const mostCalls = 4
/** Bytes of an answer at most. */
const largestAnswer = 2_097_152
/** People asked for at once. */
export const pageSize = 200

export interface MoodleUser {
  readonly id: number
  readonly firstName: string
  readonly lastName: string
  /** '' when this token may not see it. */
  readonly email: string
}

/** `code` is Moodle's own, for the operator: never a token. */
export interface Fault {
  readonly why: Doubt
  readonly code: string
}

export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault }

/** Moodle's web services, as far as Lintel needs them. No call throws. */
export interface Moodle {
  usersByEmail(email: string, signal?: AbortSignal): Promise<Reply<readonly MoodleUser[]>>
  completion(course: number, userId: number, signal?: AbortSignal): Promise<Reply<CourseStatus>>
  /** One page of who is enrolled, in the order of their ids. */
  enrolled(course: number, from: number, signal?: AbortSignal): Promise<Reply<readonly MoodleUser[]>>
  /** The functions that this token may call. */
  functions(): Promise<Reply<readonly string[]>>
}

/** What the external service in Moodle must hold. */
export const neededFunctions = [
  'core_user_get_users_by_field',
  'core_completion_get_course_completion_status',
  'core_enrol_get_enrolled_users',
] as const

const siteInfo = 'core_webservice_get_site_info'

type Function = (typeof neededFunctions)[number] | typeof siteInfo

const flag = z.union([z.boolean(), z.literal([0, 1])]).transform(Boolean)
const users = z.array(
  z
    .object({
      id: z.number().int().positive(),
      firstname: z.string().optional(),
      lastname: z.string().optional(),
      fullname: z.string().optional(),
      email: z.string().optional(),
    })
    .transform(({ id, firstname, lastname, fullname, email }): MoodleUser => {
      const [first = '', ...others] = (fullname ?? '').trim().split(/\s+/)
      return {
        id,
        firstName: (firstname ?? first).trim(),
        lastName: (lastname ?? others.join(' ')).trim(),
        email: (email ?? '').trim(),
      }
    }),
)
const completion = z
  .object({
    completionstatus: z.object({
      completed: flag,
      aggregation: z.number(),
      completions: z.array(z.object({ complete: flag, timecompleted: z.number().nullable().optional() })),
    }),
  })
  .transform(({ completionstatus }): CourseStatus => {
    const rows = completionstatus.completions.map(({ complete, timecompleted }) => ({
      complete,
      timecompleted: timecompleted ?? null,
    }))
    return { ...completionstatus, completions: rows }
  })
const functions = z
  .object({ functions: z.array(z.object({ name: z.string() })) })
  .transform(given => given.functions.map(({ name }) => name))
const exception = z.object({ exception: z.string().optional(), errorcode: z.string().optional() })

/** Moodle's address without the slashes at its end. */
const baseOf = (url: string): string => url.replace(/(?<!\/)\/+$/, '')

/** Where a course is done; undefined: no Moodle is set, or there is no course. */
export const courseUrlOf = (
  { MOODLE_URL: url }: Settings,
  course: { readonly moodleId: number } | undefined,
): string | undefined =>
  url === undefined || course === undefined
    ? undefined
    : `${baseOf(url)}/course/view.php?id=${course.moodleId}`

const made = new WeakMap<Settings, Moodle>()

/** The Moodle of these settings, one for the process; undefined: none is set. */
export function moodleOf(settings: Settings, now: () => number = Date.now): Moodle | undefined {
  const { MOODLE_URL: url, MOODLE_TOKEN: token } = settings
  if (url === undefined || token === undefined) return undefined
  const known = made.get(settings)
  if (known !== undefined) return known
  const moodle = createMoodle({ url, token }, now)
  made.set(settings, moodle)
  return moodle
}

interface MoodleOptions {
  readonly url: string
  readonly token: string
  /** Milliseconds that one call may take. */
  readonly patience?: number
}

export function createMoodle(options: MoodleOptions, now: () => number = Date.now): Moodle {
  const base = baseOf(options.url)
  const endpoint = `${base}/webservice/rest/server.php?moodlewsrestformat=json`
  const limit = options.patience ?? patience
  let restUntil = 0
  let underWay = 0

  async function call<Value>(
    name: Function,
    fields: Readonly<Record<string, string>>,
    shape: z.ZodType<Value>,
    signal: AbortSignal | undefined,
  ): Promise<Reply<Value>> {
    if (restUntil > now() || underWay >= mostCalls) return fault('unreachable', 'resting')
    underWay += 1
    try {
      const timeout = AbortSignal.timeout(limit)
      const response = await fetch(endpoint, {
        method: 'POST',
        body: new URLSearchParams({ wstoken: options.token, wsfunction: name, ...fields }),
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      })
      return await readReply(response, shape)
    } catch (error) {
      if (signal?.aborted !== true) restUntil = now() + rest
      return fault('unreachable', codeOf(error))
    } finally {
      underWay -= 1
    }
  }

  return {
    usersByEmail(email, signal) {
      const forms = [...new Set([email, email.toLowerCase()])]
      const values = Object.fromEntries(forms.map((form, index) => [`values[${index}]`, form]))
      return call('core_user_get_users_by_field', { field: 'email', ...values }, users, signal)
    },
    completion: (id, userId, signal) =>
      call(
        'core_completion_get_course_completion_status',
        { courseid: String(id), userid: String(userId) },
        completion,
        signal,
      ),
    enrolled(id, from, signal) {
      const asked = {
        limitfrom: String(from),
        limitnumber: String(pageSize),
        userfields: 'id,fullname,firstname,lastname,email',
      }
      const fields = Object.entries(asked).flatMap(([name, value], index) => [
        [`options[${index}][name]`, name],
        [`options[${index}][value]`, value],
      ])
      return call(
        'core_enrol_get_enrolled_users',
        { courseid: String(id), ...Object.fromEntries(fields) },
        users,
        signal,
      )
    },
    functions: () => call(siteInfo, {}, functions, undefined),
  }
}

const fault = (why: Doubt, code: string): { readonly ok: false; readonly fault: Fault } => ({
  ok: false,
  fault: { why, code },
})

/** The system's word for what went wrong with a connection, such as ECONNREFUSED; never an address or a token. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error'
  const cause = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : undefined
  return cause ?? (error.name === 'TimeoutError' ? 'ETIMEDOUT' : error.name)
}

/** Moodle says what it refuses with status 200, so the body decides; anything that is not its JSON says nothing. */
async function readReply<Value>(response: Response, shape: z.ZodType<Value>): Promise<Reply<Value>> {
  if (response.status === 503) {
    await response.body?.cancel()
    return fault('maintenance', 'status 503')
  }
  if (response.status !== 200) {
    await response.body?.cancel()
    return fault('unreadable', `status ${response.status}`)
  }
  const text = await readText(response)
  if (text === undefined) return fault('unreadable', 'too large')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return fault('unreadable', 'no JSON')
  }
  const refused = exception.safeParse(body)
  if (refused.success && (refused.data.exception !== undefined || refused.data.errorcode !== undefined)) {
    const code = (refused.data.errorcode ?? 'exception').slice(0, 60)
    return fault(doubtOf(code), code)
  }
  const read = shape.safeParse(body)
  return read.success ? { ok: true, value: read.data } : fault('unreadable', 'another shape')
}

async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > largestAnswer) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
