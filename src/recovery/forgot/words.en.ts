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
  lead: 'We mail you a link with which you set a new password.',
  username: 'Username',
  usernameHint:
    'If you do not remember it, enter the e-mail address of your account. The mail tells you the username.',
  next: 'Continue',
  backToSignIn: 'Back to Sign in',
  noMailTitle: 'Forgot password',
  noMail: (helpdesk: string) =>
    `This site does not send mail yet, so you cannot reset a password here. Contact ${helpdesk}: they will check that it is you and help you in.`,
  sentTitle: 'Check your email',
  sent: 'If what you entered belongs to an account, a mail is on its way to the address of that account.',
  sentSteps: [
    'The link in it works once, and only for a short time.',
    'If you asked more than once, use the link in the newest email.',
    'Nothing after a few minutes? Look in the folder for unwanted mail, then check what you entered.',
  ],
  sentHelp: (helpdesk: string) => `If no mail comes, contact ${helpdesk}.`,
  again: 'Ask for another mail',
  resetTitle: 'Reset your password',
  questionLead: 'This is your own security question. Answer it as you did when you set it.',
  question: 'Your security question',
  answer: 'Answer',
  answerHint: 'Capitals, blanks and signs make no difference.',
  newTitle: 'Choose a new password',
  newLead: (username: string) =>
    `For the account ${username}. All sessions of the account end when you save.`,
  save: 'Save',
  deadTitle: 'This link does not work',
  dead: 'It was used already, it is too old, newer ones were sent, or there were too many answers that did not match. Your password was not changed by opening it.',
  deadNext: 'Ask for a new link',
  stale: 'This page was open for too long. Nothing was sent. Do this step once more.',
  refusals: {
    'reset.empty-username': () => 'Enter your username or the e-mail address of your account.',
    'reset.source-waiting': ({ when }) =>
      `Many mails were asked for from your network in a short time. Nothing was sent now. Wait until ${when}, then try again. The helpdesk can also help you in.`,
    'reset.answer-empty': () => 'Enter your answer.',
    'reset.answer-wrong': ({ left }) =>
      `This answer does not match. You have ${count(left, { one: '# try', other: '# tries' })} left.`,
    'reset.waiting': ({ when }) =>
      `There were too many answers that did not match. Wait until ${when}, then try again or ask for a new link. The helpdesk can also help you in.`,
  } satisfies Record<RefusalOf<'reset'>, (values: Values) => string>,
}

export type ForgotWords = typeof words
