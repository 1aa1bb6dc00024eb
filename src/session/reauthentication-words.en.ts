import type { RefusalOf } from '../refusals.ts'

interface GateRefusalValues {
  readonly paired: boolean
  /** Time from which it works again, in words. */
  readonly when: string
}

export const words = {
  title: 'Security Settings',
  titleElsewhere: 'Enter your password',
  deed: (what: string) => `Enter your password to ${what}`,
  lead: (username: string) =>
    `To protect your account, enter your password again. You are signed in as ${username}.`,
  password: 'Password',
  code: 'Verification code',
  codeHint: 'The 6 digits that your authenticator app shows now. A backup code works too.',
  cardHint: (number: number, letter: string) =>
    `Code ${number} of card ${letter}. A code from your authenticator app or a backup code works too.`,
  keyHint: (hint: string) => `${hint} Leave this empty to use your passkey or security key.`,
  useKey: 'Use your passkey or security key',
  keyAbsent:
    'This browser cannot use passkeys or security keys here: JavaScript is off, or the browser does not know them. Enter a code.',
  keyFailed:
    'Your browser stopped and does not say why: you canceled, it took too long, or it is not the key that you set up. Try again, or enter a code.',
  submit: 'Submit',
  refusals: {
    'reauthentication.empty-password': () => 'Enter your password.',
    'reauthentication.empty-code': () => 'Enter the code from your authenticator app, or a backup code.',
    'reauthentication.wrong': ({ paired }): string =>
      paired
        ? 'The password or code is incorrect. Check that Caps Lock is off and try again.'
        : 'The password is incorrect. Check that Caps Lock is off and try again.',
    'reauthentication.code-used': () =>
      'This code has already been used. Wait for the next code, then enter it with your password.',
    'reauthentication.waiting': ({ when }) =>
      `Too many attempts. Wait until ${when}, then try again. If you forgot your password, sign out and choose Forgot password.`,
  } satisfies Record<RefusalOf<'reauthentication'>, (values: GateRefusalValues) => string>,
}

export type GateWords = typeof words
