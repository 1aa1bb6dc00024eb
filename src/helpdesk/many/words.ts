import type { ManyVerb } from '../../administration/many/rules.ts'
import type { RefusalOf } from '../../refusals.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const plural = plurals('en-US')
const people = (count: number) => plural(count, { one: '# person', other: '# people' })

const en = {
  selected: (count: number) => `${people(count)} selected`,
  what: 'What do you want to do with them?',
  next: 'Next you say why, and see for each person what will change before anything happens.',
  names: {
    left: 'Left an organization',
    moved: 'Moved to another organization',
    access: 'Add or remove access',
    deactivate: 'Deactivate',
    unlock: 'Unlock',
  } satisfies Record<ManyVerb, string>,
  deed: (name: string) => `finish “${name}” for several people`,
  title: (name: string, count: number) => `${name}: ${people(count)}`,
  caption: 'People selected',
  columns: ['Person', 'Username'],
  another: 'Select other people',
  otherAction: 'Do something else with them',
  left: 'Organization that they leave',
  movedTo: 'Organization that they move to',
  movedWorkgroups: 'Workgroups that they get',
  lastDay: 'Last day',
  lastDayHint: 'Today or earlier: it takes effect right away.',
  give: 'Add',
  take: 'Remove',
  organization: 'Organization',
  workgroup: 'Workgroup',
  giveOrganization: 'Add organization',
  giveWorkgroup: 'Add workgroup',
  takeOrganization: 'Remove organization',
  takeWorkgroup: 'Remove workgroup',
  none: 'None',
  choose: 'Choose one',
  continue: 'Continue',
  preview: (name: string) => `Check: ${name}`,
  previewCaption: 'What will happen to each person',
  previewColumns: ['Person', 'Username', 'What will happen'],
  all: 'It is done to all of them at once, or to nobody.',
  some: (count: number, others: number) =>
    `It is done to ${people(count)} at once, or to nobody. ${people(others)} will stay as they are: see why below.`,
  nobody: 'Nothing will change for anybody: see why below.',
  do: (name: string, count: number) => `${name}: ${people(count)}`,
  change: 'Change the entry',
  lines: {
    leaves: (organization: string, day: string | undefined) =>
      day === undefined ? `Leaves ${organization}` : `Leaves ${organization} when ${day} is over`,
    ends: 'It is their last organization: the account is deactivated then.',
    moves: (from: string, to: string, day: string | undefined) =>
      day === undefined ? `Moves from ${from} to ${to}` : `Moves from ${from} to ${to} when ${day} is over`,
    gives: (names: string) => `Gets ${names}`,
    takes: (names: string) => `Loses ${names}`,
    deactivate: 'Is signed out and deactivated',
    unlock: 'Can try to sign in again right away',
  },
  nothing: {
    left: 'No change: they do not belong to it',
    moved: 'No change: they do not belong to the first one',
    access: 'No change: it is so already',
    deactivate: 'No change: deactivated already',
    unlock: 'No change: not locked out',
  } satisfies Record<ManyVerb, string>,
  done: (name: string, count: number) => `Done. ${name}: ${people(count)}.`,
  doneLead: (id: string) => `In the audit log, the records of all of them have this in common: ${id}`,
  refusals: {
    'many.changed':
      'Nothing was done. Somebody changed one of these people after you opened the page. This is how it would be now.',
    'many.nobody': 'Select at least one person.',
    'many.organization': 'Choose one of the organizations that you look after.',
    'many.no-change': 'Choose something to add or remove.',
  } satisfies Record<RefusalOf<'many'>, string>,
}

export type ManyWords = typeof en
export const wordsFor = vocabulary<ManyWords>({ en })
