import type { ReviewAnswer } from '../../store/schema.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const plural = plurals('en-US')

const en = {
  title: 'Reviews',
  lead: 'In an access review, the contacts of agencies confirm who still works there.',
  start: 'Start a review',
  columns: ['Review', 'Started', 'Confirm by', 'State'],
  open: 'Open',
  closed: 'Closed',
  none: 'There are none.',
  name: 'Name',
  nameHint: 'Contacts read it, such as: Access review, spring 2027.',
  organizations: 'Which organizations?',
  all: 'All organizations',
  some: 'Only those checked below',
  organization: 'Organizations',
  due: 'Confirm by',
  reminders: 'Remind so many days before',
  remindersHint: 'Numbers of days, such as 14, 7, 1. Blank: no reminders.',
  willHappen: 'What will happen',
  effects: (days: number) => [
    'The people of each organization are written down as they are now. Its contacts get an email.',
    days === 0
      ? 'Nothing happens to people who are not confirmed. Policy decides this.'
      : `Policy says: ${plural(days, { one: '# day', other: '# days' })} after the due date, the access of people who are not confirmed is suspended. The last active administrator is left out.`,
  ],
  confirmBy: (day: string) => `Confirm by ${day}.`,
  settles: (day: string) => `The access of people who are not confirmed is suspended on ${day}.`,
  settlesNot: 'Nothing happens to people who are not confirmed.',
  progress: 'Progress by organization',
  progressColumns: [
    'Organization',
    'Contacts',
    'People',
    'Still there',
    'Left',
    'Other workgroup',
    'Not sure',
    'Open',
  ],
  noContact: 'No contact',
  choose: (organization: string) => `Choose ${organization}`,
  remind: 'Send a reminder to those checked',
  reminded: (letters: number) => plural(letters, { one: '# email was sent.', other: '# emails were sent.' }),
  lines: 'People who are not confirmed',
  lineColumns: ['Person', 'Answer', 'Note', 'Answered by', 'Suspend'],
  answers: {
    stays: 'Still works there',
    left: 'Left',
    workgroup: 'Needs another workgroup',
    unsure: 'Not sure',
  } satisfies Record<ReviewAnswer, string>,
  noAnswer: 'No answer',
  suspend: 'Suspend access of those checked',
  suspendLead:
    'Their access through this organization ends. If it is their last one, the account is deactivated. They get an email.',
  suspended: (count: number, others: number) =>
    [
      plural(count, {
        one: 'The access of # person was suspended.',
        other: 'The access of # people was suspended.',
      }),
      others === 0
        ? ''
        : `${others} stayed as they are: only an administrator may, or it is the last administrator.`,
    ]
      .filter(Boolean)
      .join(' '),
  close: 'Close the review',
  closeLead: 'Contacts can no longer answer. The digest of the result is sealed in the audit log.',
  export: 'Download the result (CSV)',
  sealed: (sha256: string) => `SHA-256 of the result, as sealed in the audit log: ${sha256}`,
  back: 'Back to Reviews',
  backTo: (name: string) => `Back to ${name}`,
  did: {
    started: 'The review was started. The contacts get an email.',
    closed: 'The review was closed.',
  } satisfies Record<'started' | 'closed', string>,
  problems: {
    'agency.nobody': 'Choose organizations that people belong to.',
    'agency.review-name': 'Enter a name of up to 80 characters.',
    'agency.due-day': 'Enter a day such as 2027-03-31 that is not past and at most a year away.',
    'agency.reminders': 'Enter numbers of days, such as 14, 7, 1.',
    'agency.closed': 'The review was closed while you had it open.',
  },
}

export type ReviewCode = keyof typeof en.problems
export type ReviewWords = typeof en

export const wordsFor = vocabulary<ReviewWords>({ en })
