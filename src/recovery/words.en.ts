import type { RefusalOf } from '../refusals.ts'

export const words = {
  title: 'Account recovery',
  lead: 'If you forget your password, a link is mailed to you. Your security question makes sure that the person who opens it is you.',
  notUsed: 'This site does not use security questions.',
  notUsedNext:
    'If you forget your password, choose Forgot password on the sign-in page. A link is mailed to you.',
  row: 'Security Question',
  isSet: 'Set',
  notSet: 'Not set',
  set: 'Set',
  change: 'Change',
  about: 'security question',
  skip: 'Skip for now',
  skipMeans:
    'Without a security question you cannot reset your password by yourself. If you forget it, you have to reach the helpdesk. You can set the question later in Security Settings.',
  next: 'Continue',
  back: 'Back to Security Settings',
  questionTitle: 'Set your security question',
  questionLead: 'Think of something that you will know in a year, and that others cannot find out or guess.',
  question: 'Question',
  questionHint: 'Write your own, or use one of these ideas:',
  ideas: [
    'What did I call my first bicycle or toy?',
    'Which meal do I never eat again, and why?',
    'What was the name of the neighbor who helped us?',
    'Which song did we sing on long trips?',
  ],
  answer: 'Answer',
  answerHint:
    'At least 3 letters or numbers. Capitals, blanks and signs make no difference. It is kept so that nobody can read it.',
  save: 'Save',
  saved: 'Your security question is set.',
  refusals: {
    'recovery.question-empty': 'Write a question.',
    'recovery.question-too-long': 'Make the question shorter: 200 characters at most.',
    'recovery.answer-too-short': 'Write a longer answer: at least 3 letters or numbers.',
    'recovery.answer-too-long': 'Make the answer shorter: 200 characters at most.',
    'recovery.answer-in-question': 'The question gives the answer away. Change one of them.',
    'recovery.gives-username': 'The question or the answer is your username. Use something else.',
    'recovery.gives-password':
      'The question or the answer holds your password. Use something else, and never write your password down.',
  } satisfies Record<RefusalOf<'recovery'>, string>,
}

export type RecoveryWords = typeof words
