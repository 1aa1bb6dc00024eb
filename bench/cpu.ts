import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks in a second, as Linux counts them for programs. */
const ticks = 100

interface Stat {
  readonly parent: number
  /** Seconds of processor used so far, and those of children that have ended. */
  readonly seconds: number
}

/** `/proc/PID/stat` after the name, which may hold spaces: state, parent, …, times of its own and of ended children. */
function statOf(pid: number | string): Stat {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const used = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { parent: Number(fields[1]), seconds: used / ticks }
}

export const parentOf = (pid: number): number => statOf(pid).parent

/** The same of a process that may have ended since it was seen. */
function statIfThere(pid: string): Stat | undefined {
  try {
    return statOf(pid)
  } catch {
    return undefined
  }
}

/** Seconds of processor that these processes have used. */
export const cpuSeconds = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + statOf(pid).seconds, 0)

/** Seconds of processor that a process and those it has started have used, also those that have ended. */
export function familySeconds(parent: number): number {
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => statIfThere(name) ?? [])
    .filter(stat => stat.parent === parent)
  return children.reduce((sum, { seconds }) => sum + seconds, cpuSeconds([parent]))
}
