import type { RefusalOf } from '../refusals.ts'
import type { EndReason } from '../store/schema.ts'
import { plurals } from '../web/plurals.ts'
import type { BarCode } from './rules.ts'

const count = plurals('en-US')

type SignInRefusal = RefusalOf<'sign-in'>

export interface RefusalValues {
  /** Time from which it works again, in words; empty when nobody can say. */
  readonly when: string
  readonly helpdesk: string
  /** After so many days without a sign-in an account becomes inactive. */
  readonly days: number
}

interface MessageValues {
  /** How long a session may last. */
  readonly hours: number
  /** How long a form that was sent too late is kept. */
  readonly minutes: number
}

export const words = {
  title: 'Sign in',
  username: 'Username',
  usernameOrEmail: 'Username or email',
  password: 'Password',
  passwordHint: 'Passwords are case sensitive.',
  signIn: 'Sign In',
  forgot: 'Forgot password',
  withPasskey: 'Sign in with a passkey',
  passkeyAbsent:
    'This browser cannot use passkeys here: JavaScript is off, or the browser does not know them. Use your password.',
  passkeyFailed:
    'Your browser stopped and does not say why: you canceled, it took too long, or it has no passkey for this site. Try again, or use your password.',
  barred: {
    'sign-in.deactivated': 'Your account is deactivated',
    'sign-in.closed': 'Your account is closed',
    'sign-in.suspended': 'Your account is suspended',
    'sign-in.inactive': 'Your account is inactive',
    'sign-in.locked-down': 'Your password is blocked',
    'sign-in.training-expired': 'Your training has expired',
    'sign-in.temporary-expired': 'Your temporary password has expired',
  } satisfies Record<BarCode, string>,
  call: (phone: string) => `Call ${phone}`,
  write: (helpdesk: string) => `Email ${helpdesk}`,
  backToSignIn: 'Back to sign in',
  openCourse: 'Open the course in Moodle',
  leftOpen: {
    closed: (names: string) => `Also closed: ${names}.`,
    lasting: (names: string, when: string) => `May still work until ${when}: ${names}.`,
    unaware: (names: string) =>
      `May stay open until it checks your sign-in again: ${names}. To be sure, sign out there too.`,
  },
  messages: {
    'signed-out': () => 'You are signed out.',
    idle: () => 'You were signed out because you were inactive. Sign in to continue.',
    absolute: ({ hours }) =>
      `You were signed out because sessions end after ${count(hours, { one: '# hour', other: '# hours' })}. Sign in to continue.`,
    elsewhere: () =>
      'You were signed out here because you signed in somewhere else. If that was not you, contact the helpdesk now.',
    credential: () => 'You were signed out because your password or sign-in settings changed. Sign in again.',
    'guarding-step': () => 'Your account now needs one more security step. Sign in again to set it up.',
    'ended-by-person': () => 'You were signed out because you ended all your sessions.',
    'ended-by-helpdesk': () =>
      'You were signed out because your account was changed. Sign in to see what to do next.',
    'not-me': () => 'All sessions of this account were ended. Choose Forgot password to set a new password.',
    kept: ({ minutes }) =>
      `Your session ended. We saved what you entered for ${minutes} minutes. Sign in to get it back.`,
    'password-changed': () => 'Your password was changed. Sign in.',
    declined: () =>
      'You declined the terms, so you were signed out. Nothing was changed. You can sign in again at any time.',
    'no-cookie': () =>
      'Your browser did not send back a cookie from this site, so nothing was sent. Try again. If you see this message again, allow cookies for this site in the settings of your browser.',
    stale: () => 'This page was open too long. Nothing was sent. Enter your password and sign in again.',
  } satisfies Record<
    EndReason | 'kept' | 'password-changed' | 'declined' | 'stale' | 'no-cookie',
    (values: MessageValues) => string
  >,
  refusals: {
    'sign-in.empty-username': () => 'Enter your username.',
    'sign-in.empty-password': () => 'Enter your password.',
    'sign-in.wrong': () =>
      'The username or password is incorrect. Check that Caps Lock is off and try again. You can also choose Forgot password.',
    'sign-in.waiting': ({ when, helpdesk }) =>
      when === ''
        ? `Too many attempts with this username. Choose Forgot password, or contact ${helpdesk}.`
        : `Too many attempts. Wait until ${when}, then try again. Or reset your password now – you do not have to wait.`,
    'sign-in.temporary-expired': ({ helpdesk }) =>
      `Your temporary password has expired. Ask ${helpdesk} for a new one.`,
    'sign-in.deactivated': ({ helpdesk }) =>
      `Your account is deactivated. Contact ${helpdesk} if you still need it.`,
    'sign-in.suspended': ({ when, helpdesk }) =>
      `Your account is suspended until ${when}. Questions? Contact ${helpdesk}.`,
    'sign-in.closed': ({ helpdesk }) =>
      `Your account closed on its scheduled date. Contact ${helpdesk} if you still need it.`,
    'sign-in.inactive': ({ days, helpdesk }) =>
      `Your account is inactive because it has not been used for ${days} days. Ask ${helpdesk} to reactivate it.`,
    'sign-in.training-expired': ({ helpdesk }) =>
      `Your training has expired. Complete the course in Moodle, or contact ${helpdesk}.`,
    'sign-in.passkey-none': () =>
      'This browser did not send a passkey: JavaScript is off, or the browser does not know them. Use your password.',
    'sign-in.passkey-expired': () => 'That took too long, or it was sent twice. Try again.',
    'sign-in.passkey-wrong': () =>
      'That passkey does not open an account here. Try another one, or use your password.',
    'sign-in.locked-down': ({ helpdesk }) =>
      `This password was blocked to keep your account safe. Choose Forgot password, or contact ${helpdesk}.`,
  } satisfies Record<SignInRefusal, (values: RefusalValues) => string>,
}

export type SignInWords = typeof words
/** What the page can say on top, by a name that may stand in the address. */
export type SignInMessage = keyof typeof words.messages
