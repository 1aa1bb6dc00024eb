import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Training',
  lead: 'Moodle knows who has finished the training. Lintel asks it every quarter of an hour.',
  notSetUp:
    'No Moodle is set up, so Lintel cannot know who is trained. The operator sets MOODLE_URL, MOODLE_TOKEN and MOODLE_COURSES.',
  neverAsked: 'Moodle has not been asked yet.',
  asked: (when: string) => `Moodle was last asked on ${when}.`,
  askFailed: (when: string, code: string) =>
    `On ${when} Moodle gave no answer that can be used (${code}). Nobody's training was changed. If this stays so, tell whoever looks after Lintel.`,
  gates: {
    off: 'Policy: accounts are made whether or not training is finished.',
    warn: 'Policy: a warning is shown when an account is made for someone whose training is not known to be finished.',
    required: 'Policy: an account is made only after training, or with a reason.',
  },
  repeats: (months: number) =>
    months === 0
      ? 'Training never has to be done again.'
      : months === 1
        ? 'Training has to be done again after 1 month.'
        : `Training has to be done again after ${months} months.`,
  spared: 'An administrator without training',
  sparedText:
    'Their training is over, but they are the last administrator who can sign in, so the account stays open. They have to do the course again:',
  queue: 'Trained, no account yet',
  queueEmpty: 'Nobody waits: everyone who finished the training has an account.',
  queueLimited:
    'You look after some organizations only. Check one e-mail address to see whether training is finished.',
  queueCaption: 'People who finished the training and have no account',
  queueColumns: ['Name', 'E-mail', 'Finished on', 'What to do'],
  noEmail: 'Not shown by Moodle',
  create: 'Create account',
  createFor: (name: string) => `for ${name}`,
  checkOne: 'Check one person',
  email: 'E-mail',
  emailHint: 'The address that they use in Moodle.',
  check: 'Check now',
  checked: (email: string) => `Checked: ${email}`,
  hasAccount: 'They have an account:',
  stateHeading: 'What Lintel knows',
  state: 'Training',
  finishedOn: 'Finished on',
  validUntil: 'To be done again by',
  lastAnswer: 'Last answer of Moodle',
  never: 'None yet',
  noDay: 'Not known',
  inMoodle: 'Id in Moodle',
  personTitle: (name: string) => `Training: ${name}`,
  toPerson: (name: string) => `Go to ${name}`,
  confirmHeading: 'Training was finished elsewhere',
  confirmText:
    'When Moodle cannot say it, for example because you have seen a certificate: say why, and their training counts as finished today.',
  reason: 'Reason',
  confirm: 'Mark training as finished',
  confirmed: 'Training counts as finished from today.',
  gateHeading: 'Training',
  gateWarns: 'You can make the account all the same.',
  gateAsks: 'Policy asks for finished training. With a reason you can make the account all the same.',
  gateReason: 'Reason for making it without finished training',
  gateReasonHint: 'It is kept in the audit log.',
}

export type TrainingPageWords = typeof en

export const wordsFor = vocabulary<TrainingPageWords>({ en })
