import { noWork, type WorkFacts, workFields, workFrom } from '../account/work.ts'
import { checkNames, namesFrom, tidyNames } from '../administration/entry.ts'
import { checkWork, tidyWork } from '../administration/work-entry.ts'
import type { Refusal } from '../refusals.ts'
import type { RequestKind, RequestState } from '../store/schema.ts'
import type { Form } from '../web/request.ts'
import type { AgencyCode } from './contacts.ts'

export const trainings = ['finished', 'not-finished', 'unknown'] as const
export type Training = (typeof trainings)[number]

/** What a contact typed: of an account everything, of a change the workgroups and the note, of a leaver the last day. */
export interface RequestEntry extends WorkFacts {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  /** Ids. */
  readonly workgroups: readonly string[]
  readonly training: Training | ''
  readonly note: string
  /** As `2026-03-01`. */
  readonly lastDay: string
}

export const emptyEntry: RequestEntry = {
  ...noWork,
  firstName: '',
  lastName: '',
  email: '',
  workgroups: [],
  training: '',
  note: '',
  lastDay: '',
}

/** Code points of a note or an answer at most. */
const longestNote = 500

export const isNoteTooLong = (text: string): boolean => [...text].length > longestNote

/** The form in the form in which it is kept. */
export function readRequest(form: Form): RequestEntry {
  return {
    ...tidyNames(namesFrom(field => form.get(field))),
    ...tidyWork(workFrom(field => form.get(field))),
    workgroups: [...new Set(form.all('workgroup').filter(id => id !== ''))],
    training: trainings.find(one => one === form.get('training')) ?? '',
    note: form.get('note').normalize('NFC').trim(),
    lastDay: '',
  }
}

/** An entry as it was kept. */
export const parseEntry = (text: string): RequestEntry => ({
  ...emptyEntry,
  ...(JSON.parse(text) as Partial<RequestEntry>),
})

/**
 * Everything that is wrong with what is asked for. That an email address is known here is not: who asks must not learn
 * it. `open`: ids of the workgroups that may be asked for; `before`: those that the person has.
 */
export function checkRequest(
  kind: Exclude<RequestKind, 'leaver'>,
  entry: RequestEntry,
  open: readonly string[],
  before: readonly string[],
): readonly Refusal<AgencyCode>[] {
  const list: Refusal<AgencyCode>[] = []
  if (kind === 'account') {
    list.push(...checkNames(entry), ...checkWork(entry))
    if (entry.training === '') list.push({ code: 'agency.training', field: 'training' })
  }
  if (!entry.workgroups.every(id => open.includes(id) || before.includes(id)))
    list.push({ code: 'account.no-such-workgroup', field: 'workgroup' })
  if (kind === 'change' && entry.note === '' && isSameSet(entry.workgroups, before))
    list.push({ code: 'agency.empty', field: 'note' })
  if (isNoteTooLong(entry.note)) list.push({ code: 'agency.note-long', field: 'note' })
  return list
}

export const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every(id => other.includes(id))

/** Tells whether somebody still has to do something about it. */
export const isOpen = (state: RequestState): boolean => state === 'asked' || state === 'more-needed'

/** Names of the fields that are posted once each. */
export const requestFields = ['firstName', 'lastName', 'email', ...workFields, 'training', 'note'] as const
