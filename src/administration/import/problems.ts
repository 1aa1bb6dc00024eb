import type { RefusalOf } from '../../refusals.ts'

/** Why a whole file was not read. */
type FileCode = Extract<
  RefusalOf<'import'>,
  | 'import.no-file'
  | 'import.too-large'
  | 'import.not-text'
  | 'import.broken'
  | 'import.no-rows'
  | 'import.too-many'
  | 'import.column-missing'
  | 'import.no-key-column'
  | 'import.column-twice'
  | 'import.column-unknown'
  | 'import.column-not-there'
>

/** Why one row cannot be imported. */
type RowCode = Exclude<RefusalOf<'import'>, FileCode> | RefusalOf<'account'>

interface Problem<Code> {
  readonly code: Code
  readonly field?: string
  /** Text from the file. */
  readonly text?: string
  /** Line of the file that it has to do with. */
  readonly line?: number
}

export type FileProblem = Problem<FileCode>
export type RowProblem = Problem<RowCode>
