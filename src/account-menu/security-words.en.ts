import { plurals } from '../web/plurals.ts'
import type { ActivityResult } from './activity.ts'

const count = plurals('en-US')

export const words = {
  title: 'Security Settings',
  lead: (minutes: number) =>
    `Only you can see this page. For your security, we ask for your password again after ${count(minutes, { one: '# minute', other: '# minutes' })}.`,
  password: 'Password',
  passwordSet: (when: string) => `Changed on ${when}`,
  changePassword: 'Change your password',
  authenticator: '2-step verification',
  twoStepOn: (when: string) => `On since ${when}`,
  twoStepOff: 'Off',
  notUsed: 'Not used on this site',
  twoStep: '2-Step Verification',
  recovery: 'Security question',
  questionSet: (when: string) => `Set on ${when}`,
  questionNotSet: 'Not set',
  updateRecovery: 'Update your account recovery information',
  activity: 'Recent sign-in activity',
  activityLead: 'If you do not recognize any of these, change your password now and contact the helpdesk.',
  time: 'Time',
  address: 'Address',
  browser: 'Browser',
  result: 'Result',
  results: {
    signedIn: 'Signed in',
    signedInAfterFailures: 'Signed in after failed attempts',
    refused: 'Sign-in failed',
    wrongCode: 'Correct password, wrong code',
    wrongAtGate: 'Wrong password at Security Settings',
  } satisfies Record<ActivityResult, string>,
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  unknownBrowser: 'Unknown browser',
  noActivity: 'No sign-ins yet.',
  everywhere: 'Sign out everywhere',
  everywhereLead: 'Ends every session, including this one. You will need to sign in again.',
  devices: 'Where you are signed in',
  signedInAt: 'Signed in',
  lastUsed: 'Last used',
  thisBrowser: 'This browser',
  action: 'Action',
  endSession: 'End',
  computers: 'Computers on which we do not ask for a code',
  until: 'Until',
  askAgain: 'Ask again',
  messages: {
    'password-changed': 'Your password was changed. Your other sessions were ended.',
    'session-ended': 'That session was ended.',
    'computer-ended': 'We ask for a code on that computer again.',
  },
}

export type SecurityWords = typeof words
/** What the page can say on top. */
export type SecurityMessage = keyof typeof words.messages
