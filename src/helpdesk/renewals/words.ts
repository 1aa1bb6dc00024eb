import type { RefusalOf } from '../../refusals.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const plural = plurals('en-US')

const en = {
  title: 'Renewals',
  lead: 'In a renewal, people finish courses and accept the terms again between two days. You see who has, by organization.',
  start: 'Start a renewal',
  columns: ['Renewal', 'From', 'To', 'State'],
  none: 'There are none.',
  states: { planned: 'Planned', open: 'Open', closed: 'Closed' },
  name: 'Name',
  nameHint: 'People and contacts read it, such as: Renewal 2027.',
  from: 'First day',
  fromHint: 'Courses finished and terms accepted from this day on count.',
  to: 'Last day',
  joinedBefore: 'Only people whose account was made before',
  joinedBeforeHint: 'Blank: everyone.',
  organizations: 'Only these organizations',
  workgroups: 'Only these workgroups',
  allHint: 'If you check none, it is for all.',
  courses: 'Courses to finish',
  coursesHint: 'A course for some workgroups is asked of their people only.',
  terms: 'Accept the terms again',
  reminders: 'Remind so many days before the end',
  remindersHint: 'Numbers of days, such as 14, 7, 1. Blank: no reminders, only the first email.',
  after: 'What happens after the last day?',
  afters: {
    nothing: 'Nothing',
    'keep-out':
      'Anyone who has not renewed is kept out until they have. The last active administrator is left out.',
  },
  check: 'Continue',
  willHappen: 'What will happen',
  effects: (people: number, day: string, isNow: boolean) => [
    `${plural(people, { one: '# person is', other: '# people are' })} asked to renew, as of today.`,
    isNow
      ? 'They and their contacts get an email within minutes.'
      : `On ${day} they and their contacts get an email.`,
    'On the last day it closes itself, and the digest of the result is sealed in the audit log.',
  ],
  keepsOut: 'After the last day, anyone who has not renewed is kept out until they have.',
  keepsNobodyOut: 'After the last day, nothing happens to people who have not renewed.',
  change: 'Change the answers',
  period: (from: string, to: string) => `From ${from} to ${to}.`,
  progress: 'Progress by organization',
  total: (renewed: number, people: number) =>
    `${plural(renewed, { one: '# person has', other: '# people have' })} renewed, of ${people}.`,
  progressHint: 'People of several organizations are counted in each.',
  progressColumns: ['Organization', 'People', 'Renewed', 'Not yet'],
  notOpen: 'It has not started yet.',
  export: 'Download who has renewed (CSV)',
  close: 'Close the renewal',
  closeLead:
    'Nobody is reminded any more, and nobody is kept out by it. Terms that were asked for anew are still asked for.',
  sealed: (sha256: string) => `SHA-256 of the result, as sealed in the audit log: ${sha256}`,
  back: 'Back to Renewals',
  did: { started: 'The renewal was started.', closed: 'The renewal was closed.' },
  refusals: {
    'renewal.name': 'Enter a name of up to 80 characters.',
    'renewal.from': 'Enter a day such as 2027-09-01, at most a year away.',
    'renewal.to':
      'Enter a day such as 2027-09-30 that is not past, not before the first day and at most a year after it.',
    'renewal.joined': 'Enter a day such as 2027-08-01, or leave it blank.',
    'renewal.reminders': 'Enter numbers of days, such as 14, 7, 1.',
    'renewal.nothing-asked': 'Choose a course, or have the terms accepted again.',
    'renewal.after': 'Choose what happens after the last day.',
  } satisfies Record<RefusalOf<'renewal'>, string>,
}

export type RenewalWords = typeof en
export const wordsFor = vocabulary<RenewalWords>({ en })
