import type { Identification } from '../../administration/act.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { FlagName, VerbName } from './verb-rules.ts'

const en = {
  names: {
    'close-incident': 'Close incident',
    'temporary-password': 'Issue temporary password',
    'mail-link': 'Mail a link',
    'clear-throttle': 'Clear throttle',
    'reset-two-step': 'Reset 2-step',
    'reset-question': 'Reset recovery question',
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
      'The incident leaves the queue. The account stays as it is.',
      'Close it only after you have talked to the person.',
    ],
    'temporary-password': hours => [
      `You get a temporary password, shown once. It works for ${hours} hours and for one sign-in.`,
      'The password that they have now stops working, and everything that is signed in ends.',
      'Waits after wrong tries end. A lock-down ends. 2-step verification stays as it is.',
    ],
    'mail-link': hours => [
      `A mail goes to their address, with a link that begins their first sign-in. It works for ${hours} hours, once.`,
      'Nobody gets to see a password. The temporary password or link from before stops working.',
    ],
    'clear-throttle': () => [
      'They can try to sign in again at once.',
      'Their password and 2-step verification stay as they are.',
    ],
    'reset-two-step': () => [
      '2-step verification is turned off: their app and their backup codes stop working.',
      'Everything that is signed in ends. They set up 2-step verification again after the next sign-in.',
    ],
    'reset-question': () => [
      'The security question and its answer are removed. The next sign-in asks for a new one.',
      'Reset links that were mailed stop working, and everything that is signed in ends.',
    ],
    'end-sessions': () => ['They are signed out everywhere. They can sign in again at once.'],
    'lock-down': () => [
      'They are signed out everywhere, and the password stops working.',
      'Links that were mailed and backup codes stop working. Forgot password leads to the helpdesk.',
      'To let them in again, issue a temporary password.',
    ],
    deactivate: () => [
      'They are signed out everywhere and cannot sign in until someone reactivates the account.',
      'Nothing is deleted.',
    ],
    reactivate: () => [
      'Deactivation, suspension, dormancy and a planned leaving end now.',
      'They sign in with the password that they have.',
    ],
    suspend: () => [
      'They are signed out everywhere and cannot sign in until the time that you choose.',
      'Then the suspension ends by itself.',
    ],
    'schedule-leaving': () => [
      'They can sign in until the time that you choose. Then the account closes by itself.',
      'To take the plan back, reactivate the account.',
    ],
    details: () => [
      'The name and the e-mail address are changed. The username stays.',
      'A new e-mail address: the old one gets a notice, and links that were mailed stop working.',
    ],
    access: () => [
      'They can work in what is ticked, from the next page that they open.',
      'An organization that is not active, or not for signing in, cannot be chosen.',
      'Whoever has none left still reaches Home, which tells whom to call.',
    ],
    role: () => [
      'The new role holds from the next page that they open.',
      'Helpdesk staff and administrators must set up 2-step verification.',
    ],
    scope: () => [
      'They see, find and change only people of the organizations that you tick, from the next page that they open.',
      'For them all others do not exist: in no list, no number and no export.',
    ],
  } satisfies Record<VerbName, (hours: number) => readonly string[]>,
  identified: 'How did you make sure who is calling?',
  ways: {
    'call-back': 'I called back the number on file',
    'in-person': 'They are here in person',
    supervisor: 'Their supervisor vouched for them',
  } satisfies Record<Identification, string>,
  date: 'Date',
  time: 'Time',
  timeHint: (zone: string) => `On the clocks of ${zone}, such as 17:00.`,
  dateHint: 'Year, month and day, such as 2027-03-01.',
  role: 'Role',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  quiet: 'Do not tell the old address',
  quietHint:
    'Only if someone else reads that mailbox. Links in messages that were sent there stop working, and an administrator looks at this change. Say why under Reason.',
  organizations: 'Organizations',
  workgroups: 'Workgroups',
  moreOrganizations: (count: number) => `${count} more organizations`,
  moreWorkgroups: (count: number) => `${count} more workgroups`,
  flags: 'What they may do in each organization',
  flagsIn: (organization: string) => `In ${organization}`,
  flagNames: { active: 'Active', 'sign-in': 'May sign in as it', edit: 'May edit' } satisfies Record<
    FlagName,
    string
  >,
  limited: 'Who do they look after?',
  limits: { no: 'All people', yes: 'Only people of the organizations ticked below' },
  limitTo: 'Organizations that they look after',
  noPlaces: 'There is none to choose.',
  choose: 'Choose one',
  reason: 'Reason',
  reasonHint: 'One sentence. It is kept in the audit log. Write no password and nothing about clients.',
  back: (person: string) => `Back to ${person}`,
  changed: 'What changed since you opened the page',
  did: {
    'close-incident': 'The incident was closed.',
    'temporary-password': 'The temporary password was issued.',
    'mail-link': 'A mail with a link is on its way to them.',
    'clear-throttle': 'The throttle was cleared. They can try again now.',
    'reset-two-step': '2-step verification was reset.',
    'reset-question': 'The recovery question was reset.',
    'end-sessions': 'All sessions were ended.',
    'lock-down': 'The account was locked down.',
    deactivate: 'The account was deactivated.',
    reactivate: 'The account was reactivated.',
    suspend: 'The account was suspended.',
    'schedule-leaving': 'The leaving was scheduled.',
    details: 'The details were changed.',
    access: 'The access was changed.',
    role: 'The role was changed.',
    scope: 'The limit was changed.',
  } satisfies Record<VerbName, string>,
}

export type VerbWords = typeof en

export const wordsFor = vocabulary<VerbWords>({ en })
