import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from './machine.ts'

export interface Row {
  readonly what: string
  readonly ours: number
  readonly reference: number
  readonly ratio: number
  readonly target: string
  readonly met: boolean
}

export interface Report {
  readonly machine: Machine
  readonly commit: string
  readonly rows: readonly Row[]
}

const digits = 3
const rounded = (value: number) => Number(value.toPrecision(digits))

/** A row whose numbers have as many digits as they are worth. `unit` is named with what was measured. */
export function row(
  what: string,
  ours: number,
  reference: number,
  target: string,
  met: boolean,
  ratio = ours / reference,
): Row {
  return { what, ours: rounded(ours), reference: rounded(reference), ratio: rounded(ratio), target, met }
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The value that this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function asTable(engine: string, { machine, commit, rows }: Report): readonly string[] {
  const cells = rows.map(({ what, ours, reference, ratio, target, met }) => [
    what,
    String(ours),
    String(reference),
    String(ratio),
    target,
    target === 'none' ? '' : met ? 'met' : 'NOT MET',
  ])
  const all = [['what', 'ours', 'reference', 'ratio', 'target', ''], ...cells]
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...all.map(line => line[column]?.length ?? 0)))
  return [
    `${engine}, commit ${commit}, ${machine.cores} × ${machine.cpu}, ${machine.memoryGib} GiB, Node ${machine.node}, load ${machine.loadBefore} before, ${machine.loadAfter} after`,
    ...all.map(line => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
  ]
}

/** @returns the path of the file, from the project's folder. */
export function keepReport(engine: string, report: Report, at: Date): string {
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const name = `${at.toISOString().slice(0, 10)}-${engine}.json`
  writeFileSync(join(folder, name), `${JSON.stringify(report, null, 2)}\n`)
  return `bench/results/${name}`
}
