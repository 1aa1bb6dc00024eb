import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { SeriesName } from './activity.ts'
import type { QueueName } from './queues.ts'

const plural = plurals('en-US')

const en = {
  title: 'Helpdesk console',
  find: 'Find a person',
  search: 'Search',
  searchHint: 'The beginning of any word of a name, username, email address or organization.',
  press: 'Find',
  mailDown: 'The mail server is not responding',
  mailWaits: (count: number) =>
    plural(count, { one: '# message is waiting.', other: '# messages are waiting.' }),
  mailSaid: (said: string) => `It said: ${said}`,
  queues: 'Needs attention',
  nothingWaits: 'Nothing needs attention right now.',
  emptyQueues: (queues: number) => plural(queues, { one: '# empty queue', other: '# empty queues' }),
  orMore: (count: number) => `${count} or more`,
  names: {
    incident: 'Incidents',
    throttled: 'Locked out after failed attempts',
    'password-expires': 'Temporary password expiring or expired',
    'first-sign-in': 'Has not signed in yet',
    'no-question': 'No security question',
    'no-two-step-staff': 'Staff without 2-step verification',
    'no-two-step': 'Without 2-step verification',
    'two-step-due': '2-step due soon',
    'one-way-only': 'One way only',
    'near-dormancy': 'Will become inactive soon',
    'leaving-soon': 'Leaving within 30 days',
    'training-expired': 'Training expired',
    'mail-refused': 'Email refused',
    requests: 'Requests from agencies',
    trained: 'Trained, no account yet',
  } satisfies Record<QueueName, string>,
  advice: {
    incident:
      'Someone chose "This was not me", or a password and 2-step verification were reset within a day. Call the person.',
    throttled:
      'Ask the caller how many times they tried. Unlock the account once you have confirmed who they are.',
    'password-expires': 'Call them, or issue a new temporary password.',
    'first-sign-in': 'No action needed until the temporary password expires.',
    'no-question': 'Remind them to set one. Without it, they cannot reset a forgotten password.',
    'no-two-step-staff':
      'Remind them to set it up. They cannot continue without it once the grace period ends.',
    'no-two-step': 'Remind them that they must set it up at their next sign-in.',
    'two-step-due':
      'They must have 2-step verification within 30 days. Ask if they have an app, or give them a code card.',
    'one-way-only':
      'Ask them to add a second way in Security Settings, so that a lost phone or key does not lock them out.',
    'near-dormancy':
      'They have been sent an email. Call anyone who still needs the account. One sign-in keeps it.',
    'leaving-soon': 'Check that the date is still right.',
    'training-expired':
      'They cannot sign in until they complete the course again. Call anyone who does not know.',
    'mail-refused': 'Check the email address. Correcting it clears this item.',
    requests: 'Accept them, ask for more, or decline. Everything is filled in.',
    trained: 'Create their accounts. Name and address are filled in.',
  } satisfies Record<QueueName, string>,
  plots: (days: number) => `The last ${days} days`,
  plotTable: 'View as a table',
  plotCaption: 'Sign-ins, refusals and resets by day',
  plotColumns: ['Day', 'Sign-ins', 'Refused', 'Resets'],
  plotTitle: (name: string, days: number, total: string, most: string) =>
    `${name} in the last ${days} days, by day: ${total} in total, at most ${most} in one day`,
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
