import type { RefusalOf } from '../refusals.ts'
import type { EndReason } from '../store/schema.ts'

type SignInRefusal = RefusalOf<'sign-in'>

export interface RefusalValues {
  /** Time from which it works again, in words; empty when nobody can say. */
  readonly when: string
  readonly helpdesk: string
}

export const words = {
  title: 'Sign in',
  username: 'Username',
  password: 'Password',
  passwordHint: 'Capital and small letters count as different (case sensitive).',
  signIn: 'Sign In',
  forgot: 'Forgot password',
  openCourse: 'Open the course in Moodle',
  messages: {
    'signed-out': 'You are signed out.',
    idle: 'You were signed out because nothing was done for a while. Sign in to go on.',
    absolute: 'You were signed out because a session lasts one working day at most. Sign in to go on.',
    elsewhere:
      'You were signed out here because you signed in somewhere else. If that was not you, contact the helpdesk now.',
    credential:
      'You were signed out because your password or your sign-in details were changed. Sign in again.',
    'guarding-step': 'One more step guards your account now. Enter your password again, then the step comes.',
    'ended-by-person': 'You were signed out because you ended all your sessions.',
    'ended-by-helpdesk':
      'You were signed out because your account was changed. Sign in to see what to do next.',
    'not-me': 'All sessions of this account were ended. Choose Forgot password to set a new one.',
    kept: 'You were signed out because your session was over. What you wrote is kept for 15 minutes: sign in, and it is shown to you again.',
    'password-changed': 'Your password was changed. Sign in.',
    declined:
      'You declined the terms, so you are signed out. Nothing was changed. You can sign in again at any time.',
    stale: 'This page was open for too long. Nothing was sent. Enter your password and sign in again.',
  } satisfies Record<EndReason | 'kept' | 'password-changed' | 'declined' | 'stale', string>,
  refusals: {
    'sign-in.empty-username': () => 'Enter your username.',
    'sign-in.empty-password': () => 'Enter your password.',
    'sign-in.wrong': () =>
      'The username or the password is not right. Check both, and check the Caps Lock key. You can also choose Forgot password.',
    'sign-in.waiting': ({ when, helpdesk }) =>
      when === ''
        ? `There were too many tries with this username. Choose Forgot password, or contact ${helpdesk}.`
        : `There were too many tries. Wait until ${when}, then try again. Forgot password works now, without waiting.`,
    'sign-in.temporary-expired': ({ helpdesk }) =>
      `This temporary password is too old. Ask ${helpdesk} for a new one.`,
    'sign-in.deactivated': ({ helpdesk }) =>
      `Your password is right, but this account is switched off. Contact ${helpdesk} if you still need it.`,
    'sign-in.suspended': ({ when, helpdesk }) =>
      `Your password is right, but this account is paused until ${when}. Contact ${helpdesk} with any question.`,
    'sign-in.left': ({ helpdesk }) =>
      `Your password is right, but this account ended on the day that was set for it. Contact ${helpdesk} if you still need it.`,
    'sign-in.dormant': ({ helpdesk }) =>
      `Your password is right, but this account was not used for a long time and is resting. Ask ${helpdesk} to wake it up.`,
    'sign-in.training-lapsed': ({ helpdesk }) =>
      `Your password is right, but your training has to be done again. Finish the course in Moodle, or ask ${helpdesk}.`,
    'sign-in.blocked': ({ helpdesk }) =>
      `This password was blocked to keep the account safe. Choose Forgot password, or contact ${helpdesk}.`,
  } satisfies Record<SignInRefusal, (values: RefusalValues) => string>,
}

export type SignInWords = typeof words
/** What the page can say on top, by a name that may stand in the address. */
export type SignInMessage = keyof typeof words.messages
