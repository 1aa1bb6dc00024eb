import type { Done, Job } from './jobs.ts'
import { password } from './people.ts'
import {
  type Helper,
  type Running,
  residentMemory,
  startBare,
  startHelper,
  startLintel,
} from './processes.ts'
import { median, type Row, row } from './report.ts'

export type Load = Helper<Job, Done>

/** How long and how often: a quick run says less. */
export interface Effort {
  readonly rounds: number
  /** Milliseconds of each side of a round. */
  readonly window: number
  readonly storms: number
  /** Milliseconds of rest before memory is read, and of watching an idle server before a storm. */
  readonly settle: number
  readonly overflow: boolean
}

const namesOf = {
  'sign-ins': 'sign-ins',
  'coded-sign-ins': 'sign-ins with password and code',
  reauthentications: 're-authentications at /security',
}

export const connections = 16

interface Round {
  readonly ours: number
  readonly reference: number
}

/** Both sides by turns, so that what else the machine does meets both alike. The first round only warms up. */
export async function race(
  effort: Effort,
  ours: () => Promise<number>,
  reference: () => Promise<number>,
): Promise<Round & { readonly ratio: number }> {
  const found: Round[] = []
  for (let turn = 0; turn <= effort.rounds; turn++) {
    const pair =
      turn % 2 === 0
        ? { ours: await ours(), reference: await reference() }
        : { reference: await reference(), ours: await ours() }
    if (turn > 0) found.push(pair)
  }
  return {
    ours: median(found.map(one => one.ours)),
    reference: median(found.map(one => one.reference)),
    ratio: median(found.map(one => one.ours / one.reference)),
  }
}

/** One way of giving the password, each second, over as many bare checks of it. */
export async function raceSignIns(
  load: Load,
  lintel: Running,
  people: readonly string[],
  effort: Effort,
  kind: 'sign-ins' | 'coded-sign-ins' | 'reauthentications' = 'sign-ins',
): Promise<Row> {
  const hashes = startHelper<{ inFlight: number; milliseconds: number }, { perSecond: number }>('hashes.ts')
  const { origin } = lintel
  const milliseconds = effort.window
  try {
    const { ours, reference, ratio } = await race(
      effort,
      async () =>
        (await load.ask({ kind, origin, people, password, connections, milliseconds })).perSecond ?? 0,
      async () => (await hashes.ask({ inFlight: connections, milliseconds })).perSecond,
    )
    return row(
      `${namesOf[kind]}/s over bare Argon2id checks/s`,
      ours,
      reference,
      '≥ 0.90',
      ratio >= 0.9,
      ratio,
    )
  } finally {
    hashes.stop()
  }
}

export async function raceHome(
  load: Load,
  lintel: Running,
  home: { readonly cookie: string; readonly page: string },
  least: number,
  effort: Effort,
): Promise<Row> {
  const bare = await startBare('bare-page.ts', { PAGE: home.page })
  const ask = (origin: string, cookie: string) => async () =>
    (await load.ask({ kind: 'pages', origin, cookie, connections, milliseconds: effort.window })).perSecond ??
    0
  try {
    const { ours, reference, ratio } = await race(
      effort,
      ask(lintel.origin, home.cookie),
      ask(bare.origin, ''),
    )
    return row(
      'Home/s over a bare Hono page of the same bytes/s',
      ours,
      reference,
      `≥ ${least}`,
      ratio >= least,
      ratio,
    )
  } finally {
    await bare.stop()
  }
}

/** Second and later starts; the last one keeps running. */
export async function raceStart(
  env: Readonly<Record<string, string>>,
  effort: Effort,
): Promise<{ readonly lintel: Running; readonly rows: readonly Row[] }> {
  const ours: number[] = []
  const bare: number[] = []
  let memory = 0
  for (let turn = 0; turn < effort.rounds; turn++) {
    const reference = await startBare('bare-start.ts')
    bare.push(reference.startedIn)
    memory = residentMemory(reference.pid)
    await reference.stop()
    const lintel = await startLintel(env)
    ours.push(lintel.startedIn)
    await lintel.stop()
  }
  const lintel = await startLintel(env)
  const over = median(ours) - median(bare)
  await new Promise(resolve => setTimeout(resolve, effort.settle))
  const resident = residentMemory(lintel.pid)
  return {
    lintel,
    rows: [
      row(
        'start to the first 200, ms, over a bare Node server',
        median(ours),
        median(bare),
        '≤ 500 ms more',
        over <= 500,
      ),
      row(
        'resident memory idle, MiB, over a bare Node server',
        resident,
        memory,
        '≤ 120 MiB',
        resident <= 120,
      ),
    ],
  }
}
