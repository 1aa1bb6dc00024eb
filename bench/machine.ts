import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGib: number
  readonly system: string
  readonly node: string
  /** Load of the machine in the minute before the run: a run beside other work says less. */
  readonly loadBefore: number
  /** The same in the minute that ended with it. */
  readonly loadAfter: number
}

/** Load of the machine in the last minute. */
export const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100

export const describeMachine = (loadBefore: number, loadAfter: number): Machine => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGib: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()} ${process.arch}`,
  node: process.version,
  loadBefore,
  loadAfter,
})

const git = (...values: string[]) => execFileSync('git', values, { encoding: 'utf8' }).trim()

/** The commit that was measured, with a mark when files of the program differ from it. */
export function describeCommit(): string {
  const changed = git('status', '--porcelain', '--', 'src', 'package.json') !== ''
  return git('rev-parse', '--short', 'HEAD') + (changed ? ' with changes' : '')
}
