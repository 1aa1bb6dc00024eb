import type { Probes } from './jobs.ts'
import { password } from './people.ts'
import type { Running } from './processes.ts'
import type { Effort, Load } from './races.ts'
import { quantile, type Row, row } from './report.ts'

/** More than are hashed and may wait, so that some are told to come back. */
export const beyondTheQueue = 700
const stormSize = 200
const mostMore = 50

export interface StormSetting {
  readonly load: Load
  readonly lintel: Running
  readonly cookie: string
  readonly people: readonly string[]
}

/** Two hundred sign-ins at once beside people who ask for pages: how much longer do those wait? */
export async function measureStorm(
  place: StormSetting,
  effort: Effort,
  note: string,
): Promise<readonly Row[]> {
  const { load, cookie, people } = place
  const { origin } = place.lintel
  const idle: Probes[] = []
  const busy: Probes[] = []
  let lost = 0
  for (let turn = 0; turn < effort.storms; turn++) {
    const quiet = await load.ask({ kind: 'probe', origin, cookie, milliseconds: effort.settle })
    const storm = await load.ask({
      kind: 'storm',
      origin,
      cookie,
      people: people.slice(0, stormSize),
      password,
    })
    if (quiet.probes !== undefined) idle.push(quiet.probes)
    if (storm.probes !== undefined) busy.push(storm.probes)
    lost += stormSize - (storm.statuses?.['303'] ?? 0)
  }
  const pages = [
    ['sign-in page', 'signIn'],
    ['Home', 'home'],
  ] as const
  const rows = pages.map(([name, key]) => {
    const ours = quantile(
      busy.flatMap(probes => probes[key]),
      0.99,
    )
    const reference = quantile(
      idle.flatMap(probes => probes[key]),
      0.99,
    )
    return row(
      `${name} during ${stormSize} sign-ins${note}: p99 ms over idle`,
      ours,
      reference,
      `≤ ${mostMore} ms more`,
      ours - reference <= mostMore,
    )
  })
  const all = stormSize * effort.storms
  return [...rows, row(`sign-ins of the storm${note} let in, of all`, all - lost, all, 'all', lost === 0)]
}

/** Beyond the queue people are told to come back, and get in when they do. */
export async function measureOverflow(place: StormSetting): Promise<Row> {
  const people = place.people.slice(0, beyondTheQueue)
  const { statuses = {}, admittedLater = 0 } = await place.load.ask({
    kind: 'storm',
    origin: place.lintel.origin,
    cookie: place.cookie,
    people,
    password,
  })
  const admitted = (statuses['303'] ?? 0) + admittedLater
  return row(
    `${people.length} sign-ins at once: let in, ${statuses['503'] ?? 0} of them after a 503`,
    admitted,
    people.length,
    'all',
    admitted === people.length,
  )
}
