import type { IncidentKind, MailState } from '../../store/schema.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { Verdict } from './rules.ts'

const en = {
  training: 'Training',
  lookUp: 'Check',
  lookUpAbout: 'their training',
  signIn: 'Can they sign in?',
  verdict: {
    yes: () => 'Yes. They can sign in with their own password.',
    leaving: (when: string) => `Yes, until ${when}. Then the account closes by itself.`,
    'first-sign-in': (when: string) =>
      `Yes, with the temporary password, until ${when}. If they lost it, issue a new one.`,
    deactivated: (when: string) =>
      `No. The account was deactivated on ${when}. To let them in, reactivate it.`,
    left: (when: string) => `No. The account closed on ${when}, as planned. To let them in, reactivate it.`,
    suspended: (when: string) =>
      `No. The account is suspended until ${when}. Wait until then, or reactivate it.`,
    blocked: () =>
      'No. The account is locked down. Make sure who is calling, then issue a temporary password.',
    dormant: () => 'No. The account was not used for a long time. To let them in, reactivate it.',
    'training-lapsed': () =>
      'No. Their training has lapsed. They can sign in once they have finished it again.',
    'no-password': () => 'No. There is no password yet. Issue a temporary password.',
    'temporary-over': (when: string) => `No. The temporary password worked until ${when}. Issue a new one.`,
    'locked-out': () =>
      'No. There were so many wrong tries that no more are checked. Make sure who is calling, then clear the throttle.',
    waits: (when: string) =>
      `Not yet. After several wrong tries they have to wait until ${when}. Wait, or clear the throttle.`,
    'waits-code': (when: string) =>
      `Not yet. After several wrong codes they have to wait until ${when}. Wait, or clear the throttle.`,
    'known-waits': (when: string) =>
      `Not from their own browser. After several wrong tries it has to wait until ${when}. Wait, or clear the throttle.`,
  } satisfies Record<Verdict['say'], (when: string) => string>,
  why: (reason: string) => `Reason given: ${reason}`,
  incident: 'Look at this first',
  incidents: {
    'not-me': (when: string) => `On ${when} the person said "This was not me". Call them.`,
    'password-and-two-step-reset': (when: string) =>
      `On ${when} the password and the second step were reset within a day. Call the person and ask whether it was they.`,
    'last-administrator': (when: string) =>
      `On ${when} this account would have become dormant. It stays active, because no other administrator is. Make another administrator.`,
    'agent-limit': (when: string) =>
      `On ${when} this agent did far more in ten minutes than calls ask for. Look at what they did, and call them.`,
    'old-address-not-told': (when: string) =>
      `On ${when} the email address was changed, and the old address was not told. Read the reason, and call the person.`,
  } satisfies Record<IncidentKind, (when: string) => string>,
  actions: 'What you can do',
  notYours: 'Only an administrator can change this account.',
  details: 'Details',
  username: 'Username',
  email: 'E-mail',
  role: 'Role',
  created: 'Made on',
  lastSignIn: 'Last sign-in',
  never: 'Never',
  sessions: 'Signed in now',
  sessionsNow: (count: number) => (count === 0 ? 'No' : count === 1 ? 'Yes, once' : `Yes, ${count} times`),
  password: 'Password',
  passwords: { none: 'None yet', temporary: 'Temporary', own: 'Their own' },
  twoStep: '2-step verification',
  twoStepOn: (when: string) => `On since ${when}`,
  twoStepOff: 'Off',
  recovery: 'Recovery question',
  recoverySet: (when: string) => `Set on ${when}`,
  recoveryNotSet: 'Not set',
  terms: 'Terms of agreement',
  termsAccepted: (number: number, when: string) => `Version ${number}, accepted on ${when}`,
  termsOlder: (number: number) => `; version ${number} is asked for at the next sign-in`,
  termsNone: 'Not accepted yet',
  organizations: 'Organizations',
  workgroups: 'Workgroups',
  none: 'None',
  limit: 'Looks after people of',
  noLimit: 'All organizations',
  notActive: 'switched off',
  noSignIn: 'not for signing in',
  noEdit: 'reading only',
  mails: 'Mails',
  mailColumns: ['When', 'Subject', 'State'],
  mailStates: { waiting: 'Waiting', sent: 'Sent', refused: 'Refused' } satisfies Record<MailState, string>,
  noMails: 'No mail was sent yet.',
}

export type PersonWords = typeof en

export const wordsFor = vocabulary<PersonWords>({ en })
