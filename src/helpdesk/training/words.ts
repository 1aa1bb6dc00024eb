import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const count = plurals('en-US')

const en = {
  title: 'Training',
  lead: 'Moodle knows who has finished the training. Lintel checks with it every 15 minutes.',
  notSetUp:
    'Moodle is not set up, so Lintel cannot tell who has finished the training. Ask the person who runs Lintel to set it up.',
  neverAsked: 'Lintel has not checked with Moodle yet.',
  asked: (when: string) => `Lintel last checked with Moodle on ${when}.`,
  askFailed: (when: string, code: string) =>
    `On ${when} Moodle did not give a usable answer (${code}). Nobody's training was changed. If this continues, tell the person who runs Lintel.`,
  gates: {
    off: 'Policy: accounts can be created whether or not training is finished.',
    warn: 'Policy: you see a warning when you create an account for someone and we cannot confirm their training.',
    required: 'Policy: an account can be created only after training, or with a reason.',
  },
  repeats: (months: number) =>
    months === 0
      ? 'Training never expires.'
      : `Training expires after ${count(months, { one: '# month', other: '# months' })}.`,
  spared: 'An administrator without training',
  sparedText:
    'Their training has expired, but they are the last administrator who can sign in, so the account stays active. They need to complete the course again:',
  queue: 'Trained, no account yet',
  queueEmpty: 'Nobody. Everyone who finished the training has an account.',
  queueLimited:
    'You look after only some organizations. Check one email address to see whether training is finished.',
  queueCaption: 'People who finished the training and have no account',
  queueColumns: ['Name', 'Email', 'Finished on', 'What to do'],
  noEmail: 'Not shown by Moodle',
  create: 'Create account',
  createFor: (name: string) => `for ${name}`,
  courses: 'Courses',
  checkOne: 'Check one person',
  email: 'Email',
  emailHint: 'The address that they use in Moodle.',
  check: 'Check now',
  checked: (email: string) => `Checked: ${email}`,
  hasAccount: 'They have an account:',
  stateHeading: 'What Lintel knows',
  state: 'Training',
  finishedOn: 'Finished on',
  validUntil: 'Expires',
  lastAnswer: 'Last answer from Moodle',
  never: 'None yet',
  noDay: 'Not known',
  inMoodle: 'Moodle ID',
  personTitle: (name: string) => `Training: ${name}`,
  toPerson: (name: string) => `Go to ${name}`,
  confirmHeading: 'Training was finished elsewhere',
  confirmText:
    'If Moodle does not show it, for example because you have seen a certificate, say why. Their training then counts as finished today.',
  reason: 'Reason',
  confirm: 'Mark training as finished',
  confirmed: 'Training counts as finished from today.',
  gateHeading: 'Training',
  gateWarns: 'You can still create the account.',
  gateAsks: 'Policy requires finished training. You can still create the account if you give a reason.',
  gateReason: 'Reason for creating it before training is finished',
  gateReasonHint: 'It is kept in the audit log.',
}

export type TrainingPageWords = typeof en

export const wordsFor = vocabulary<TrainingPageWords>({ en })
