import type { Identification } from '../../administration/act.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { FlagName, VerbName } from './verb-rules.ts'

const en = {
  names: {
    'close-incident': 'Close incident',
    'temporary-password': 'Issue temporary password',
    'mail-link': 'Email a link',
    unlock: 'Unlock',
    'reset-two-step': 'Reset 2-step',
    'reset-question': 'Reset security question',
    'end-sessions': 'End sessions',
    'lock-down': 'Lock down',
    deactivate: 'Deactivate',
    reactivate: 'Reactivate',
    suspend: 'Suspend',
    'schedule-leaving': 'Schedule leaving',
    details: 'Edit details',
    access: 'Change access',
    role: 'Change role',
    scope: 'Limit to organizations',
  } satisfies Record<VerbName, string>,
  title: (name: string, person: string) => `${name}: ${person}`,
  willHappen: 'What will happen',
  effects: {
    'close-incident': () => [
      'The incident is removed from the queue. The account does not change.',
      'Close it only after you have spoken with the person.',
    ],
    'temporary-password': hours => [
      `You get a temporary password, shown once. It works for ${hours} hours and for one sign-in.`,
      'Their current password stops working, and all sessions end.',
      'Unlocks the account and lifts a lock-down. 2-step verification does not change.',
    ],
    'mail-link': hours => [
      `They get an email with a link that starts their first sign-in. It works once, for ${hours} hours.`,
      'Nobody sees a password. Any earlier temporary password or link stops working.',
    ],
    unlock: () => [
      'They can try to sign in again right away.',
      'Their password and 2-step verification do not change.',
    ],
    'reset-two-step': () => [
      '2-step verification is turned off: their app and their backup codes stop working.',
      'All sessions end. They can set up 2-step verification again after they sign in.',
    ],
    'reset-question': () => [
      'The security question and its answer are removed. They set a new one at their next sign-in.',
      'Emailed reset links stop working, and all sessions end.',
    ],
    'end-sessions': () => ['They are signed out everywhere. They can sign in again right away.'],
    'lock-down': () => [
      'They are signed out everywhere, and their password stops working.',
      'Emailed links and backup codes stop working. Forgot password sends them to the helpdesk.',
      'To let them in again, issue a temporary password.',
    ],
    deactivate: () => [
      'They are signed out everywhere and cannot sign in until someone reactivates the account.',
      'Nothing is deleted.',
    ],
    reactivate: () => [
      'The account becomes active. Any planned leaving date is canceled.',
      'They sign in with their current password.',
    ],
    suspend: () => [
      'They are signed out everywhere and cannot sign in until the time you choose.',
      'Then the suspension ends automatically.',
    ],
    'schedule-leaving': () => [
      'They can sign in until the time you choose. Then the account closes automatically.',
      'To cancel, choose Reactivate.',
    ],
    details: () => [
      'The name, email address and work details change. The username stays the same.',
      'If the email address changes, the old address gets a notice and emailed links stop working.',
    ],
    access: () => [
      'They can work in everything you check, starting with the next page they open.',
      'They cannot choose an organization that is not active or not for signing in.',
      'A person with none left can still sign in to Home, which tells them who to contact.',
    ],
    role: () => [
      'The new role takes effect on the next page they open.',
      'Helpdesk staff and administrators must set up 2-step verification.',
      'Helpdesk staff look after all people, or only those of some organizations: you choose it here.',
    ],
    scope: () => [
      'They can see, find and change only people in the organizations you check, starting with the next page they open.',
      'They will not see anyone else in lists, counts or exports.',
    ],
  } satisfies Record<VerbName, (hours: number) => readonly string[]>,
  identified: 'How did you verify who is calling?',
  ways: {
    'call-back': 'I called back the number on file',
    'in-person': 'They are here in person',
    supervisor: 'Their supervisor vouched for them',
  } satisfies Record<Identification, string>,
  noPhone: 'There is no number on file. Do not call a number that the caller gives you.',
  noSupervisor: 'There is no supervisor on file. Do not take the name from the caller.',
  identifiedForDetails: 'Needed only if you change the email, phone, extension or supervisor.',
  primaryOrganization: 'Primary organization',
  noPrimary: 'None',
  date: 'Date',
  time: 'Time',
  role: 'Role',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email',
  quiet: 'Do not tell the old address',
  quietHint:
    'Only if someone else reads that mailbox. Links in emails that were sent there stop working, and an administrator checks this change. Say why under Reason.',
  organizations: 'Organizations',
  workgroups: 'Workgroups',
  moreOrganizations: (count: number) => `${count} more organizations`,
  moreWorkgroups: (count: number) => `${count} more workgroups`,
  flags: 'What they may do in each organization',
  flagsIn: (organization: string) => `In ${organization}`,
  flagNames: { active: 'Active', 'sign-in': 'Can sign in here', edit: 'Can edit' } satisfies Record<
    FlagName,
    string
  >,
  limited: 'Who do they look after?',
  limitedAsHelpdesk: 'As helpdesk staff, who do they look after?',
  limits: { no: 'All people', yes: 'Only people in the organizations checked below' },
  limitTo: 'Organizations that they look after',
  noPlaces: 'There are none to choose from.',
  choose: 'Choose one',
  reason: 'Reason',
  reasonHint: 'One sentence. It is kept in the audit log. Do not include passwords or client information.',
  back: (person: string) => `Back to ${person}`,
  changed: 'What has changed since you opened the page',
  did: {
    'close-incident': 'The incident was closed.',
    'temporary-password': 'The temporary password was issued.',
    'mail-link': 'We are emailing them a link.',
    unlock: 'The account was unlocked. They can try again now.',
    'reset-two-step': '2-step verification was reset.',
    'reset-question': 'The security question was reset.',
    'end-sessions': 'All sessions were ended.',
    'lock-down': 'The account was locked down.',
    deactivate: 'The account was deactivated.',
    reactivate: 'The account was reactivated.',
    suspend: 'The account was suspended.',
    'schedule-leaving': 'Leaving date set.',
    details: 'The details were changed.',
    access: 'The access was changed.',
    role: 'The role was changed.',
    scope: 'The limit was changed.',
  } satisfies Record<VerbName, string>,
}

export type VerbWords = typeof en

export const wordsFor = vocabulary<VerbWords>({ en })
