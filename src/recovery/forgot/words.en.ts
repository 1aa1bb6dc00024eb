import type { RefusalOf } from '../../refusals.ts'
import { plurals } from '../../web/plurals.ts'

const count = plurals('en-US')

interface Values {
  /** Time from which it works again, in words. */
  readonly when: string
  /** Answers that may still be tried. */
  readonly left: number
}

export const words = {
  title: 'Forgot password',
  lead: 'We will email you a link to reset your password.',
  username: 'Username',
  usernameHint:
    'If you do not remember it, enter the email address of your account. The email tells you your username.',
  next: 'Continue',
  backToSignIn: 'Back to Sign in',
  noMailTitle: 'Forgot password',
  noMail: (helpdesk: string) =>
    `This site does not send email yet, so you cannot reset your password here. Contact ${helpdesk}. They will confirm that it is you, and they can help you sign in.`,
  sentTitle: 'Check your email',
  sent: 'If we found an account, we have sent an email to its address.',
  sentSteps: [
    'The link works once, and only for a short time.',
    'If you asked more than once, use the link in the newest email.',
    'No email after a few minutes? Check your spam folder, then check what you entered.',
  ],
  sentHelp: (helpdesk: string) => `If you do not get an email, contact ${helpdesk}.`,
  again: 'Ask for another email',
  resetTitle: 'Reset your password',
  questionLead: 'This is the security question that you set. Answer it the same way you did then.',
  question: 'Your security question',
  answer: 'Answer',
  answerHint: 'Capital letters, spaces and punctuation do not matter.',
  newTitle: 'Choose a new password',
  newLead: (username: string) => `For the account ${username}. All its sessions will end when you save.`,
  save: 'Save',
  deadTitle: 'This link does not work',
  dead: 'It has already been used, it has expired, newer ones were sent, or there were too many wrong answers. Your password was not changed.',
  deadNext: 'Ask for a new link',
  stale: 'This page was open too long. Nothing was sent. Do this step again.',
  refusals: {
    'reset.empty-username': () => 'Enter your username or the email address of your account.',
    'reset.source-waiting': ({ when }) =>
      `Your network asked for many emails in a short time, so none was sent. Wait until ${when}, then try again. The helpdesk can also help you sign in.`,
    'reset.answer-empty': () => 'Enter your answer.',
    'reset.answer-wrong': ({ left }) =>
      `This answer does not match. You have ${count(left, { one: '# try', other: '# tries' })} left.`,
    'reset.waiting': ({ when }) =>
      `Too many wrong answers. Wait until ${when}, then try again or ask for a new link. The helpdesk can also help you sign in.`,
  } satisfies Record<RefusalOf<'reset'>, (values: Values) => string>,
}

export type ForgotWords = typeof words
