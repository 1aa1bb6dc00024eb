import { vocabulary } from '../../web/vocabulary.ts'
import type { SeriesName } from './activity.ts'
import type { QueueName } from './queues.ts'

const en = {
  title: 'Helpdesk console',
  find: 'Find a person',
  search: 'Search',
  searchHint: 'The beginning of any word of a name, username, e-mail address or organization.',
  press: 'Find',
  queues: 'What waits',
  caption: 'What waits, and how many people',
  columns: ['Queue', 'People', 'What to do'],
  orMore: (count: number) => `${count} or more`,
  names: {
    incident: 'Incidents',
    throttled: 'Has to wait after wrong tries',
    'password-expires': 'First sign-in not done, time almost up or over',
    'first-sign-in': 'First sign-in not done',
    'no-question': 'No recovery question',
    'no-two-step-staff': 'Staff without 2-step verification',
    'no-two-step': 'Without 2-step verification',
    'near-dormancy': 'Will become dormant soon',
    'leaving-soon': 'Leaves within 30 days',
    'training-lapsed': 'Training has to be done again',
    'mail-refused': 'Mail refused',
    trained: 'Trained, no account yet',
  } satisfies Record<QueueName, string>,
  advice: {
    incident:
      'Someone said "This was not me", or a password and a second step were reset within a day. Call the person.',
    throttled: 'Ask who calls how often they tried. Clear the throttle once you know that it is they.',
    'password-expires': 'Call them, or hand out a new password.',
    'first-sign-in': 'Nothing, while their password still works.',
    'no-question': 'Remind them: without one they cannot reset a forgotten password.',
    'no-two-step-staff':
      'Remind them: once their days of grace are over, they have to set it up before they can go on.',
    'no-two-step': 'Remind them: they have to set it up at their next sign-in.',
    'near-dormancy': 'They got a mail. Call whoever still needs the account: one sign-in keeps it.',
    'leaving-soon': 'Check that the date still holds.',
    'training-lapsed': 'They cannot sign in until they finish the course again. Call whoever does not know.',
    'mail-refused': 'Check the e-mail address. A corrected one leaves this queue.',
    trained: 'Make their accounts. Name and address are filled in.',
  } satisfies Record<QueueName, string>,
  plots: (days: number) => `The last ${days} days`,
  plotTable: 'The same as a table',
  plotCaption: 'Sign-ins, refusals and resets by day',
  plotColumns: ['Day', 'Sign-ins', 'Refused', 'Resets'],
  plotTitle: (name: string, days: number, total: string, most: string) =>
    `${name} in the last ${days} days, by day: ${total} in all, at most ${most} on one day`,
  most: (count: string) => `at most ${count} a day`,
  number: (value: number) => new Intl.NumberFormat('en-US').format(value),
  series: {
    signIns: 'Sign-ins',
    failures: 'Refused sign-ins',
    resets: 'Password resets',
  } satisfies Record<SeriesName, string>,
}

export type QueueWords = typeof en

export const wordsFor = vocabulary<QueueWords>({ en })
