import type { Selectable } from 'kysely'
import type { AccountTable } from '../store/schema.ts'

/** How the helpdesk reaches a person at work, and who can vouch for them; each may be empty. */
export interface WorkFacts {
  readonly workPhone: string
  readonly workExtension: string
  readonly jobTitle: string
  /** Name of the supervisor, and how to reach them. */
  readonly supervisor: string
}

export const workFields = [
  'workPhone',
  'workExtension',
  'jobTitle',
  'supervisor',
] as const satisfies readonly (keyof WorkFacts)[]
export type WorkField = (typeof workFields)[number]

export const noWork: WorkFacts = { workPhone: '', workExtension: '', jobTitle: '', supervisor: '' }

/** Reads the four facts from wherever they stand by name. */
export const workFrom = (read: (field: WorkField) => string): WorkFacts => ({
  workPhone: read('workPhone'),
  workExtension: read('workExtension'),
  jobTitle: read('jobTitle'),
  supervisor: read('supervisor'),
})

/** The columns of an account that hold them. */
export const workColumns = [
  'work_phone',
  'work_extension',
  'job_title',
  'supervisor',
] as const satisfies readonly (keyof AccountTable)[]

type WorkRow = Pick<Selectable<AccountTable>, (typeof workColumns)[number]>

export const rowOfWork = (work: WorkFacts): WorkRow => ({
  work_phone: work.workPhone,
  work_extension: work.workExtension,
  job_title: work.jobTitle,
  supervisor: work.supervisor,
})

export const workOf = (row: WorkRow): WorkFacts => ({
  workPhone: row.work_phone,
  workExtension: row.work_extension,
  jobTitle: row.job_title,
  supervisor: row.supervisor,
})

/** The number to call, as one line: `612-555-0142, ext. 7`. Empty when there is none. */
export const phoneLine = ({ workPhone, workExtension }: WorkFacts): string =>
  workExtension === '' ? workPhone : `${workPhone}, ext. ${workExtension}`
