import type { RefusalOf } from '../refusals.ts'

export interface GateRefusalValues {
  readonly paired: boolean
  /** Time from which it works again, in words. */
  readonly when: string
}

export const words = {
  title: 'Security Settings',
  lead: (username: string) =>
    `These settings guard your account. Show that it is still you, ${username}: enter your password again.`,
  password: 'Password',
  code: 'Verification code',
  codeHint: 'The 6 numbers that your authenticator app shows now. A backup code works too.',
  submit: 'Submit',
  refusals: {
    'reauthentication.empty-password': () => 'Enter your password.',
    'reauthentication.empty-code': () => 'Enter the code from your authenticator app, or a backup code.',
    'reauthentication.wrong': ({ paired }): string =>
      paired
        ? 'The password or the code is not right. Check both, and check the Caps Lock key.'
        : 'The password is not right. Check the Caps Lock key and try again.',
    'reauthentication.code-used': () =>
      'This code was used already. Wait for the next code, then enter it with your password.',
    'reauthentication.waiting': ({ when }) =>
      `There were too many tries. Wait until ${when}, then try again. If you forgot your password, sign out and choose Forgot password.`,
  } satisfies Record<RefusalOf<'reauthentication'>, (values: GateRefusalValues) => string>,
}

export type GateWords = typeof words
