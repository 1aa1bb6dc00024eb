import type { IncidentKind, MailState } from '../../store/schema.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { VerbGroup } from './offers.ts'
import type { Verdict } from './rules.ts'

const plural = plurals('en-US')

const en = {
  training: 'Training',
  lookUp: 'Check',
  lookUpAbout: 'their training',
  signIn: 'Can they sign in?',
  verdict: {
    yes: () => 'Yes. They can sign in with their own password.',
    leaving: (when: string) => `Yes, until ${when}. Then the account closes automatically.`,
    'first-sign-in': (when: string) =>
      `Yes, with the temporary password, until ${when}. If they no longer have it, issue a new one.`,
    'by-link': (when: string) =>
      `Yes, with the link in the email they got, until ${when}. If they no longer have it, email a new one.`,
    deactivated: (when: string) =>
      `No. The account was deactivated on ${when}. To let them sign in, reactivate it.`,
    closed: (when: string) =>
      `No. The account closed on its date, ${when}. To let them sign in, reactivate it.`,
    suspended: (when: string) =>
      `No. The account is suspended until ${when}. Wait until then, or reactivate it.`,
    'locked-down': () =>
      'No. The account is locked down. Verify who is calling, then issue a temporary password.',
    inactive: () =>
      'No. The account is inactive because it has not been used for a long time. To let them sign in, reactivate it.',
    'training-expired': () =>
      'No. Their training has expired. They can sign in once they have completed it again.',
    'no-password': () => 'No. There is no password yet. Issue a temporary password.',
    'temporary-over': (when: string) => `No. The temporary password expired on ${when}. Issue a new one.`,
    'link-over': (when: string) =>
      `No. The link in the email expired on ${when}. Email a new one, or issue a temporary password.`,
    'locked-out': () =>
      'No. Sign-in is blocked after too many failed attempts. Verify who is calling, then unlock the account.',
    waits: (when: string) =>
      `Not yet. They are locked out until ${when} after several failed attempts. Wait, or unlock the account.`,
    'waits-code': (when: string) =>
      `Not yet. They are locked out until ${when} after several wrong codes. Wait, or unlock the account.`,
    'known-waits': (when: string) =>
      `Not from their own browser. It is locked out until ${when} after several failed attempts. Wait, or unlock the account.`,
  } satisfies Record<Verdict['say'], (when: string) => string>,
  why: (reason: string) => `Reason given: ${reason}`,
  incident: 'Check this first',
  incidents: {
    'not-me': (when: string) => `On ${when} the person chose "This was not me". Call them.`,
    'password-and-two-step-reset': (when: string) =>
      `On ${when} the password and 2-step verification were reset within a day. Call the person and ask whether they did this.`,
    'last-administrator': (when: string) =>
      `On ${when} this account would have become inactive. It stays active because there is no other active administrator. Add another administrator.`,
    'agent-limit': (when: string) =>
      `On ${when} this agent made an unusually large number of changes in ten minutes. Check what they did, and call them.`,
    'key-copied': (when: string) =>
      `On ${when} a passkey or security key was refused because there may be a copy of it. Call the person, and remove it.`,
    'old-address-not-told': (when: string) =>
      `On ${when} the email address was changed, and the old address was not told. Read the reason, and call the person.`,
  } satisfies Record<IncidentKind, (when: string) => string>,
  people: 'People',
  actions: 'What you can do',
  verbGroups: {
    'sign-in': 'Help them sign in',
    account: 'Change the account',
    block: 'Close or block',
  } satisfies Record<VerbGroup, string>,
  notWhole:
    'They also work for an organization that you do not look after. What changes the whole account, such as a password reset, is for an agent who looks after all people.',
  leaves: 'Last day',
  leavesOn: (organization: string, day: string, movedTo: string | null) =>
    movedTo === null ? `${day} in ${organization}` : `${day} in ${organization}, then ${movedTo}`,
  notYours: 'Only an administrator can change this account.',
  details: 'Details',
  wholeActivity: 'All activity in the audit log',
  whoLooked: 'Who looked at this person',
  username: 'Username',
  email: 'Email',
  noEmail: 'None. Nothing can be emailed to this person: give them printed sheets.',
  workPhone: 'Work phone',
  jobTitle: 'Job title',
  supervisor: 'Supervisor',
  notOnFile: 'Not on file',
  primary: 'primary',
  role: 'Role',
  created: 'Created',
  lastSignIn: 'Last sign-in',
  never: 'Never',
  sessions: 'Signed in now',
  sessionsNow: (count: number) =>
    count === 0 ? 'No' : `Yes, in ${plural(count, { one: '# browser', other: '# browsers' })}`,
  password: 'Password',
  passwords: {
    none: 'None yet',
    temporary: 'Temporary',
    'mailed-link': 'None yet, a link was emailed',
    own: 'Their own',
  },
  twoStep: '2-step verification',
  twoStepOn: (when: string) => `On since ${when}`,
  twoStepOff: 'Off',
  wayAdded: (kind: string, when: string) => `${kind}, added ${when}`,
  wayUsed: (when: string) => `Last used ${when}`,
  wayNeverUsed: 'Not used yet',
  wayLeft: (left: number) => `Codes left: ${left}`,
  recovery: 'Security question',
  recoverySet: (when: string) => `Set on ${when}`,
  recoveryNotSet: 'Not set',
  terms: 'Terms of agreement',
  termsAccepted: (number: number, when: string) => `Version ${number}, accepted on ${when}`,
  termsOlder: (number: number) => `; must accept version ${number} at the next sign-in`,
  termsNone: 'Not accepted yet',
  organizations: 'Organizations',
  workgroups: 'Workgroups',
  none: 'None',
  contactOf: 'Agency contact of',
  limit: 'Looks after people in',
  noLimit: 'All organizations',
  notActive: 'not active',
  noSignIn: 'not for signing in',
  noEdit: 'read only',
  mails: 'Emails',
  mailColumns: ['When', 'Subject', 'State'],
  mailStates: { waiting: 'Waiting', sent: 'Sent', refused: 'Refused' } satisfies Record<MailState, string>,
  mailSaid: (said: string) => `The mail server said: ${said}`,
  sendAgain: 'Send again',
  askAgain: 'Not sent again, its link is dead. They can use Forgot password once more.',
  tellThem: 'Not sent again. Tell the person what it was about.',
  noLongerNeeded: 'Not sent again. They no longer need this link.',
  noMails: 'No emails yet.',
}

export type PersonWords = typeof en

export const wordsFor = vocabulary<PersonWords>({ en })
