import { median, type Row, row } from './report.ts'

export const kinds = ['sign-ins', 'pages'] as const
export type Kind = (typeof kinds)[number]
const nameOf: Readonly<Record<Kind, string>> = { 'sign-ins': 'sign-ins', pages: 'Home' }

const parts = ['Lintel', 'PostgreSQL', 'load generator'] as const
export type Part = (typeof parts)[number]

/** The hash limit of the design; and what a second core must bring, which PostgreSQL and the clients share here. */
const leastOfHashes = 0.9
const leastApart = 1.5

/** What one run of one kind over some processes came to. */
export interface Run {
  readonly perSecond: number
  /** Seconds of processor for each answer, of each part. */
  readonly cost: Readonly<Record<Part, number>>
}

/** A round: the bare hashes, then each kind over one, two, … processes that share the cores or have one each. */
export interface Round {
  readonly bare: number
  readonly shared: Runs
  readonly pinned: Runs
}

export type Runs = Readonly<Record<Kind, readonly Run[]>>

const middle = (rounds: readonly Round[], read: (round: Round) => number) => median(rounds.map(read))

/** One figure of each round over another of the same round; without a target it is there to be read. */
function compare(
  rounds: readonly Round[],
  what: string,
  ours: (round: Round) => number,
  reference: (round: Round) => number,
  least?: number,
): Row {
  const ratio = middle(rounds, round => ours(round) / reference(round))
  return row(
    what,
    middle(rounds, ours),
    middle(rounds, reference),
    least === undefined ? 'none' : `≥ ${least}`,
    ratio >= (least ?? 0),
    ratio,
  )
}

const countsOf = (list: readonly unknown[]) => list.map((_, index) => index + 1)
const at = (all: readonly Run[], count: number): Run => {
  const found = all[count - 1]
  if (found === undefined) throw new Error(`Nothing was run over ${count} processes.`)
  return found
}

/** How much more several processes of one site do than one, and what each answer costs. */
export function growthOf(rounds: readonly Round[]): readonly Row[] {
  const [first] = rounds
  if (first === undefined) return []
  const several = countsOf(first.shared.pages).slice(1)
  const both = (name: keyof Omit<Round, 'bare'>, kind: Kind, count: number, read: (run: Run) => number) =>
    [
      (round: Round) => read(at(round[name][kind], count)),
      (round: Round) => read(at(round[name][kind], 1)),
    ] as const
  return [
    ...countsOf(first.shared.pages).map(count =>
      compare(
        rounds,
        `sign-ins/s of ${count === 1 ? 'one process' : `${count} processes`} over bare Argon2id checks/s`,
        round => at(round.shared['sign-ins'], count).perSecond,
        ({ bare }) => bare,
        leastOfHashes,
      ),
    ),
    ...kinds.flatMap(kind => [
      ...several.map(count =>
        compare(
          rounds,
          `${nameOf[kind]}/s of ${count} processes over one, all on all cores`,
          ...both('shared', kind, count, run => run.perSecond),
        ),
      ),
      compare(
        rounds,
        `${nameOf[kind]}/s of two processes with a core each over one with one core`,
        ...both('pinned', kind, 2, run => run.perSecond),
        kind === 'sign-ins' ? leastApart : undefined,
      ),
      ...several.flatMap(count =>
        parts.map(part =>
          compare(
            rounds,
            `${nameOf[kind]} for each CPU second of ${part}, ${count} processes over one`,
            ...both('shared', kind, count, ({ cost }) => 1 / cost[part]),
          ),
        ),
      ),
    ]),
  ]
}
