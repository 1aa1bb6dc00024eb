import type { MailState } from '../../store/schema.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { Verdict } from './rules.ts'

type Args = Readonly<Record<string, unknown>>

const en = {
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
  incidents: (kind: string, when: string) =>
    kind === 'password-and-two-step-reset'
      ? `On ${when} the password and the second step were reset within a day. Call the person and ask whether it was they.`
      : `On ${when} the person said "This was not me". Call them.`,
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
  notActive: 'switched off',
  noSignIn: 'not for signing in',
  noEdit: 'reading only',
  activity: 'Recent activity',
  activityColumns: ['When', 'What', 'By', 'Address'],
  noActivity: 'Nothing has happened yet.',
  thePerson: 'The person',
  system: 'Lintel',
  events: {
    authn_login_success: () => 'Signed in',
    authn_login_successafterfail: ({ failures }) => `Signed in after ${String(failures)} wrong tries`,
    authn_login_fail: () => 'A sign-in was refused',
    authn_login_fail_max: () => 'A sign-in was refused: too many tries',
    authn_login_lock: () => 'Locked down',
    authn_password_change: ({ temporary }) =>
      temporary === true ? 'Temporary password issued' : 'Chose a new password',
    authn_password_change_fail: () => 'A new password was refused',
    authn_mfa_success: () => 'Gave a right code',
    authn_mfa_fail: () => 'Gave a wrong code',
    authn_mfa_enroll: () => '2-step verification turned on',
    authn_mfa_remove: () => '2-step verification turned off',
    authn_recovery_codes_issued: () => 'New backup codes made',
    authn_recovery_code_used: () => 'Used a backup code',
    authn_question_set: () => 'Recovery question set',
    authn_question_skipped: () => 'Recovery question skipped',
    authn_recovery_request: () => 'Asked to reset the password',
    authn_recovery_open: () => 'Opened the reset link',
    authn_recovery_fail: () => 'Gave a wrong answer',
    authn_recovery_complete: () => 'Reset the password by mail',
    authn_reauth_success: () => 'Gave the password again',
    authn_reauth_fail: () => 'Gave a wrong password again',
    authn_not_me: () => 'Said "This was not me"',
    session_created: () => 'Session began',
    session_renewed: () => 'Stayed signed in',
    session_expired: ({ why, reason }) =>
      (why ?? reason) === 'ended-by-helpdesk' ? 'Sessions ended by the helpdesk' : 'Session ended',
    session_logout: () => 'Signed out',
    excess_sessions_exceeded: () => 'Signed in elsewhere; the older session ended',
    user_created: () => 'Account made',
    user_archived: () => 'Deactivated',
    user_terms_accepted: () => 'Accepted the terms',
    user_terms_declined: () => 'Declined the terms',
    user_workspace_changed: () => 'Changed organization or workgroup',
    privilege_permissions_changed: ({ before, after }) =>
      after === undefined ? 'Access changed' : `Role changed from ${String(before)} to ${String(after)}`,
    user_updated: ({ change }) => changes.get(String(change)) ?? 'Account changed',
  } as Readonly<Record<string, (args: Args) => string>>,
  otherEvent: 'Something else was recorded',
  reason: (text: string) => `Reason: ${text}`,
  identified: {
    'call-back': 'called back',
    'in-person': 'in person',
    supervisor: 'through the supervisor',
  } as Readonly<Record<string, string>>,
  identifiedBy: (how: string) => `Identified: ${how}`,
  mails: 'Mails',
  mailColumns: ['When', 'Subject', 'State'],
  mailStates: { waiting: 'Waiting', sent: 'Sent', refused: 'Refused' } satisfies Record<MailState, string>,
  noMails: 'No mail was sent yet.',
}

const changes = new Map([
  ['question-reset', 'Recovery question reset'],
  ['throttle-cleared', 'Throttle cleared'],
  ['reactivated', 'Reactivated'],
  ['incident-closed', 'Incident closed'],
  ['suspended', 'Suspended'],
  ['leaving', 'Leaving planned or taken back'],
  ['details', 'Details edited'],
  ['access', 'Access changed'],
])

export type PersonWords = typeof en

export const wordsFor = vocabulary<PersonWords>({ en })
