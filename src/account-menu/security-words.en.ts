import type { ActivityResult } from './activity.ts'

export const words = {
  title: 'Security Settings',
  lead: (minutes: number) =>
    `Only you can see this page. It stays open for ${minutes} minutes after your password; then you enter it again.`,
  password: 'Password',
  passwordSet: (when: string) => `Changed on ${when}`,
  changePassword: 'Change your password',
  authenticator: 'Authenticator app',
  twoStepOn: (when: string) => `On since ${when}`,
  twoStepOff: 'Off',
  notUsed: 'Not used on this site',
  twoStep: '2-Step Verification',
  recovery: 'Security question',
  questionSet: (when: string) => `Set on ${when}`,
  questionNotSet: 'Not set',
  updateRecovery: 'Update your account recovery information',
  activity: 'Recent sign-in activity',
  activityLead: 'If one of these was not you, change your password now and tell the helpdesk.',
  time: 'Time',
  address: 'Address',
  browser: 'Browser',
  result: 'Result',
  results: {
    signedIn: 'Signed in',
    signedInAfterFailures: 'Signed in, after failed tries',
    refused: 'Not let in',
    wrongCode: 'Right password, wrong code',
    wrongAtGate: 'Signed in, but failed to open Security Settings',
  } satisfies Record<ActivityResult, string>,
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  unknownBrowser: 'Unknown browser',
  noActivity: 'No sign-in is on record.',
  everywhere: 'Sign out everywhere',
  everywhereLead:
    'Ends all your sessions, on every computer and phone, and this one too. Then sign in again.',
  changed: 'Your password was changed. Your other sessions were ended.',
}

export type SecurityWords = typeof words
