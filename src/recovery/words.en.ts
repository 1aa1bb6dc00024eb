import type { RefusalOf } from '../refusals.ts'

export const words = {
  title: 'Account recovery',
  lead: 'If you forget your password, we email you a link and ask your security question to confirm it is you.',
  notUsed: 'This site does not use security questions.',
  notUsedNext:
    'If you forget your password, choose Forgot password on the sign-in page. We will email you a link.',
  row: 'Security Question',
  isSet: 'Set',
  notSet: 'Not set',
  set: 'Set',
  change: 'Change',
  about: 'security question',
  skip: 'Skip for now',
  skipMeans:
    'If you skip this and forget your password, only the helpdesk can reset it. You can set a question later in Security Settings.',
  next: 'Continue',
  back: 'Back to Security Settings',
  questionTitle: 'Set your security question',
  questionLead:
    'Choose something you will remember a year from now, and that others cannot find out or guess.',
  question: 'Question',
  questionHint: 'Write your own, or use one of these ideas:',
  ideas: [
    'What did I call my first bicycle or toy?',
    'What food will I never eat again?',
    'What was the name of the neighbor who helped us?',
    'Which song did we sing on long trips?',
  ],
  answer: 'Answer',
  answerHint:
    'At least 3 letters or numbers. Capital letters, spaces and punctuation do not matter. Stored so that nobody can read it.',
  save: 'Save',
  saved: 'Your security question is set.',
  refusals: {
    'recovery.question-empty': 'Enter a question.',
    'recovery.question-too-long': 'Use at most 200 characters for the question.',
    'recovery.answer-too-short': 'Enter a longer answer, with at least 3 letters or numbers.',
    'recovery.answer-too-long': 'Use at most 200 characters for the answer.',
    'recovery.answer-in-question': 'Your question gives away the answer. Change one of them.',
    'recovery.gives-username': 'Your question or answer is your username. Use something else.',
    'recovery.gives-password':
      'Your question or answer contains your password. Use something else, and never write your password down.',
  } satisfies Record<RefusalOf<'recovery'>, string>,
}

export type RecoveryWords = typeof words
