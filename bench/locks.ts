import { codeAt, stepAt } from '../src/verification/app/totp.ts'
import type { Done, Job } from './jobs.ts'
import { appSecret } from './people.ts'
import { type Answer, cookiesOf, getRequest, openWire, postRequest, type Wire } from './wire.ts'

type LockJob = Extract<Job, { kind: 'coded-sign-ins' | 'reauthentications' }>

export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}\n${answer.body}`)
  return answer
}

async function csrfOf(wire: Wire, origin: string, path: string, cookie: string) {
  const answer = expectStatus(await wire.ask(getRequest(origin, path, cookie)), 200)
  return {
    csrf: /name="csrf" value="([^"]+)"/.exec(answer.body.toString())?.[1] ?? '',
    cookie: cookiesOf(answer),
  }
}

/** The password of one person. @returns the cookie of the sign-in, pending or whole. */
async function enter(
  wire: Wire,
  { origin, password }: LockJob,
  before: { cookie: string; csrf: string },
  username: string,
) {
  const fields = { csrf: before.csrf, username, password, to: '/' }
  return cookiesOf(expectStatus(await wire.ask(postRequest(origin, '/sign-in', before.cookie, fields)), 303))
}

/** Does one thing again and again on every connection until the time is over. */
async function forAWhile(
  job: LockJob,
  open: (wire: Wire, index: number) => Promise<() => Promise<void>>,
): Promise<Done> {
  const port = Number(new URL(job.origin).port)
  const wires = await Promise.all(Array.from({ length: job.connections }, () => openWire(port)))
  const turns = await Promise.all(wires.map(open))
  const from = performance.now()
  let done = 0
  await Promise.all(
    turns.map(async turn => {
      while (performance.now() < from + job.milliseconds) {
        await turn()
        done += 1
      }
    }),
  )
  const seconds = (performance.now() - from) / 1_000
  for (const wire of wires) wire.close()
  return { perSecond: done / seconds }
}

let next = 0
const lastSteps = new Map<string, number>()

/** A code that this person has not used: each step is taken once, one step of drift to each side counts. */
function unusedCode(person: string): string {
  const present = stepAt(Date.now())
  const step = Math.max((lastSteps.get(person) ?? 0) + 1, present)
  if (step > present + 1) throw new Error('Too few people for so many sign-ins with a code.')
  lastSteps.set(person, step)
  return codeAt(appSecret, step)
}

/** Password, code page, code, and the request that opens the session. Every turn takes the next person. */
export function codedSignIns(job: LockJob): Promise<Done> {
  const { origin, people } = job
  return forAWhile(job, async wire => {
    const before = await csrfOf(wire, origin, '/sign-in', '')
    return async () => {
      const person = people[next++ % people.length] ?? ''
      const pending = await enter(wire, job, before, person)
      const { csrf } = await csrfOf(wire, origin, '/sign-in/verify', pending)
      const code = unusedCode(person)
      const proven = cookiesOf(
        expectStatus(await wire.ask(postRequest(origin, '/sign-in/verify', pending, { csrf, code })), 303),
      )
      const opened = expectStatus(await wire.ask(getRequest(origin, '/', proven)), 303)
      if (cookiesOf(opened) === '') throw new Error('The code opened no session.')
    }
  })
}

/** The password again in a session that stays: the form of Security Settings is asked for once, then posted. */
export function reauthentications(job: LockJob): Promise<Done> {
  const { origin, people, password } = job
  return forAWhile(job, async (wire, index) => {
    const before = await csrfOf(wire, origin, '/sign-in', '')
    let cookie = await enter(wire, job, before, people[index % people.length] ?? '')
    let { csrf } = await csrfOf(wire, origin, '/security', cookie)
    return async () => {
      const answer = expectStatus(
        await wire.ask(postRequest(origin, '/security', cookie, { csrf, password })),
        303,
      )
      cookie = cookiesOf(answer) || cookie
      csrf = (await csrfOf(wire, origin, '/security', cookie)).csrf
    }
  })
}
