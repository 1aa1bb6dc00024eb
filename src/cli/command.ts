import type { ParseArgsOptionsConfig } from 'node:util'
import type { Refusal } from '../refusals.ts'

export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>

/** Arguments after the verb. */
export interface Input {
  readonly values: Values
  readonly positionals: readonly string[]
  /** A script reads the answer. */
  readonly json: boolean
  readonly env: NodeJS.ProcessEnv
}

/** The answer of a verb: `done` leaves with 0 (1 when it found something bad), `refused` with 1, `usage` with 2. */
export type Answer =
  | {
      readonly kind: 'done'
      readonly lines: readonly string[]
      readonly json: unknown
      readonly isSick?: boolean
    }
  | { readonly kind: 'refused'; readonly reasons: readonly string[]; readonly json?: unknown }
  | { readonly kind: 'usage'; readonly problem: string }

export interface Command {
  /** As typed, without `lintel`: `account reset USERNAME [--password]`. */
  readonly usage: string
  /** What it does, in whole sentences, and what each option means. */
  readonly about: readonly string[]
  readonly options?: ParseArgsOptionsConfig
  /** How many words follow the verb. */
  readonly words: number
  run(input: Input): Promise<Answer>
}

/** A line of the table of verbs. */
export interface Verb {
  readonly summary: string
  /** Loaded when it is run: the rest of the house need not be read for it. */
  readonly load: () => Promise<{ readonly command: Command }>
}

export const answer = (lines: readonly string[], json: unknown): Answer => ({ kind: 'done', lines, json })
export const refused = (...reasons: readonly string[]): Answer => ({ kind: 'refused', reasons })
export const usage = (problem: string): Answer => ({ kind: 'usage', problem })

/** Refusals of a rule, in the words of a table. */
export const refusedWith = <Code extends Refusal['code']>(
  refusals: readonly Refusal<Code>[],
  words: Readonly<Record<Code, string>>,
): Answer => ({
  kind: 'refused',
  reasons: refusals.map(({ code }) => words[code]),
  json: { ok: false, refusals: refusals.map(({ code }) => ({ code, message: words[code] })) },
})

export const textOf = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export const listOf = (values: Values, name: string): readonly string[] => {
  const value = values[name]
  return Array.isArray(value) ? value.filter(part => typeof part === 'string') : []
}

export const isOn = (values: Values, name: string): boolean => values[name] === true
