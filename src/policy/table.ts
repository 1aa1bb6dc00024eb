import { z } from 'zod'
import { isSendable } from '../web/email-address.ts'
import { momentsOf } from '../web/moment.ts'
import { tokens } from '../web/tokens.ts'

interface Row {
  readonly schema: z.ZodType
  readonly default: unknown
  /** The allowed values, in words. */
  readonly range: string
  readonly meaning: string
  readonly source: string
  readonly group:
    | 'Sign-in'
    | 'Passwords'
    | 'Recovery'
    | '2-step verification'
    | 'Sessions'
    | 'Accounts'
    | 'Terms'
    | 'Training'
    | 'Agency'
  /** Tells whether a change weakens a lock: the console asks for the password, a reason and a second look. */
  readonly weakens: (before: never, after: never) => boolean
  /** Every change asks for as much: a stronger value shuts people out, or another sends them elsewhere for help. */
  readonly dangerous?: true
}

/** The direction in which a value weakens. */
const whenHigher = (before: number, after: number): boolean => after > before
const whenLower = (before: number, after: number): boolean => after < before
const whenOn = (before: boolean, after: boolean): boolean => after && !before
const whenOff = (before: boolean, after: boolean): boolean => before && !after
const never = (): boolean => false
/** For choices, given from the strongest to the weakest. */
const whenLater =
  <Choice extends string>(...choices: readonly Choice[]) =>
  (before: Choice, after: Choice): boolean =>
    choices.indexOf(after) > choices.indexOf(before)

const whole = (min: number, max: number) => z.number().int().min(min).max(max)
/** One line, as a field gives it back: no blanks around it, composed, nothing that no keyboard types. */
const isLine = (line: string): boolean =>
  line === line.trim().normalize('NFC') && line.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}\uFFFD]/u.test(line)
const text = (max: number) => z.string().max(max).refine(isLine)
const row = <Schema extends z.ZodType>(
  given: Omit<Row, 'schema' | 'default' | 'weakens'> & {
    schema: Schema
    default: z.output<Schema>
    weakens: (before: z.output<Schema>, after: z.output<Schema>) => boolean
  },
) => given

/** Everything that an agency decides for itself: default, range, meaning, source. Kept in the store, changed in the console. */
export const policyTable = {
  passwordPolicy: row({
    group: 'Passwords',
    schema: z.enum(['composition', 'length']),
    default: 'composition',
    range: 'composition or length',
    meaning:
      'composition: 8 characters with a capital letter, a number and a symbol. length: 15 characters and no other rules.',
    source: 'The guide; NIST SP 800-63B-4 3.1.1.2 for length',
    weakens: whenLater('length', 'composition'),
    dangerous: true,
  }),
  passwordHistory: row({
    group: 'Passwords',
    schema: whole(0, 24),
    default: 4,
    range: '0 to 24',
    meaning: 'How many previous passwords cannot be used again.',
    source: 'Practice of HMIS vendors',
    weakens: whenLower,
  }),
  temporaryPasswordHours: row({
    group: 'Passwords',
    schema: whole(1, 336),
    default: 72,
    range: '1 to 336 hours',
    meaning: 'How long a temporary password works.',
    source: 'ASVS 6.4.1; Minnesota uses 12 hours',
    weakens: whenHigher,
    dangerous: true,
  }),
  securityQuestion: row({
    group: 'Recovery',
    schema: z.boolean(),
    default: true,
    range: 'on or off',
    meaning: 'People set a security question and answer it in Forgot password.',
    source: 'The guide; ASVS 6.4.2 would have it off',
    weakens: whenOff,
    dangerous: true,
  }),
  resetLinkMinutes: row({
    group: 'Recovery',
    schema: whole(5, 1_440),
    default: 15,
    range: '5 to 1440 minutes',
    meaning: 'How long an emailed reset link works.',
    source: 'ASVS 6.5.5; NIST 4.2.1.2 (at most 24 hours)',
    weakens: whenHigher,
  }),
  recoveryMailsPerHour: row({
    group: 'Recovery',
    schema: whole(1, 20),
    default: 3,
    range: '1 to 20',
    meaning: 'How many recovery emails one account can get in an hour.',
    source: 'OWASP Forgot Password',
    weakens: whenHigher,
  }),
  twoStep: row({
    group: '2-step verification',
    schema: z.enum(['off', 'optional', 'required']),
    default: 'optional',
    range: 'off, optional or required',
    meaning: 'People can, or must, prove with a second step who they are: an app, a key or a code card.',
    source: 'The guide; ASVS 6.3.3',
    weakens: whenLater('required', 'optional', 'off'),
    dangerous: true,
  }),
  twoStepFrom: row({
    group: '2-step verification',
    schema: z.string().refine(date => date === '' || momentsOf(date, '00:00', 'UTC').length > 0),
    default: '',
    range: 'a date such as 2027-01-15, or blank',
    meaning:
      'Where 2-step verification is required: the day from which people must have it. Before then, Home and an email tell them. Blank: at once.',
    source: 'Lintel',
    weakens: (before, after) => after > before,
    dangerous: true,
  }),
  twoStepGraceDays: row({
    group: '2-step verification',
    schema: whole(0, 90),
    default: 7,
    range: '0 to 90 days',
    meaning: 'How long helpdesk staff and administrators can work before they must use 2-step verification.',
    source: 'Lintel',
    weakens: whenHigher,
  }),
  passkeys: row({
    group: '2-step verification',
    schema: z.enum(['off', 'second-step', 'sign-in']),
    default: 'second-step',
    range: 'off, second-step or sign-in',
    meaning:
      'second-step: people can add passkeys and security keys and use them after the password. sign-in: a passkey alone signs in too. What was added keeps working after the password when this is turned off.',
    source: 'NIST SP 800-63B-4 2.2.2; ASVS 6.3.3',
    weakens: whenLater('second-step', 'off', 'sign-in'),
  }),
  ownComputerDays: row({
    group: '2-step verification',
    schema: whole(0, 30),
    default: 0,
    range: '0 to 30 days (0: never)',
    meaning:
      'After a full sign-in on their own computer, people can choose not to be asked for a code there for this long. Never helpdesk staff or administrators.',
    source: 'NIST SP 800-63B-4 2.2 would have it 0',
    weakens: whenHigher,
  }),
  codeCards: row({
    group: '2-step verification',
    schema: z.enum(['off', 'helpdesk', 'everyone']),
    default: 'off',
    range: 'off, helpdesk or everyone',
    meaning:
      'helpdesk: the helpdesk can give people without a phone a printed card with 40 codes, in person. everyone: people can also print one themselves. Cards keep working when this is turned off.',
    source: 'NIST SP 800-63B-4 3.1.2',
    weakens: whenLater('off', 'helpdesk', 'everyone'),
  }),
  idleMinutes: row({
    group: 'Sessions',
    schema: whole(6, 60),
    default: 30,
    range: '6 to 60 minutes',
    meaning: 'A session ends after this long without activity.',
    source: 'NIST 2.2.3 (at most 1 hour)',
    weakens: whenHigher,
  }),
  sessionHours: row({
    group: 'Sessions',
    schema: whole(1, 24),
    default: 12,
    range: '1 to 24 hours',
    meaning: 'A session ends after this long, even with activity.',
    source: 'NIST 2.2.3 (at most 24 hours)',
    weakens: whenHigher,
  }),
  sessionsPerPerson: row({
    group: 'Sessions',
    schema: whole(1, 5),
    default: 1,
    range: '1 to 5',
    meaning: 'How many sessions one person can have at once. The oldest ends first.',
    source: 'HUD 2004 4.3.1',
    weakens: whenHigher,
  }),
  reauthenticationMinutes: row({
    group: 'Sessions',
    schema: whole(1, 30),
    default: 10,
    range: '1 to 30 minutes',
    meaning: 'How long Security Settings stays open after the password is entered.',
    source: 'ASVS 7.5.1',
    weakens: whenHigher,
  }),
  emailSignIn: row({
    group: 'Sign-in',
    schema: z.boolean(),
    default: false,
    range: 'on or off',
    meaning: 'People can sign in with their email address instead of the username.',
    source: 'Practice of HMIS vendors',
    weakens: whenOn,
    dangerous: true,
  }),
  signInNotice: row({
    group: 'Sign-in',
    schema: z.boolean(),
    default: false,
    range: 'on or off',
    meaning: 'People get an email after a sign-in from a browser not seen before.',
    source: 'OWASP Authentication',
    weakens: whenOff,
  }),
  dormantDays: row({
    group: 'Accounts',
    schema: whole(30, 365),
    default: 90,
    range: '30 to 365 days',
    meaning: 'An account with no sign-in for this long becomes inactive.',
    source: 'Minnesota HMIS',
    weakens: whenHigher,
    dangerous: true,
  }),
  dormancyNoticeDays: row({
    group: 'Accounts',
    schema: whole(1, 30),
    default: 10,
    range: '1 to 30 days',
    meaning: 'How long before an account becomes inactive its owner gets an email.',
    source: 'Lintel',
    weakens: never,
  }),
  leaversPerDay: row({
    group: 'Accounts',
    schema: whole(0, 200),
    default: 10,
    range: '0 to 200',
    meaning:
      'How many leavers one agency contact can report in a day with effect at once. Further ones become requests to the helpdesk.',
    source: 'Lintel',
    weakens: whenHigher,
  }),
  requestDays: row({
    group: 'Accounts',
    schema: whole(1, 365),
    default: 30,
    range: '1 to 365 days',
    meaning: 'A request of an agency contact ends when it waits for their answer this long.',
    source: 'Lintel',
    weakens: never,
  }),
  reviewSuspendDays: row({
    group: 'Accounts',
    schema: whole(0, 365),
    default: 0,
    range: '0 to 365 days (0: never)',
    meaning:
      'How long after the due date of an access review the access of people who were not confirmed is suspended.',
    source: 'Missouri HMIS renews each access once a year',
    weakens: (before, after) => (after || Infinity) > (before || Infinity),
  }),
  termsYearly: row({
    group: 'Terms',
    schema: z.boolean(),
    default: false,
    range: 'on or off',
    meaning: 'Everyone accepts the terms again every year.',
    source: 'HMIS agreements',
    weakens: whenOff,
    dangerous: true,
  }),
  trainingGate: row({
    group: 'Training',
    schema: z.enum(['off', 'warn', 'required']),
    default: 'warn',
    range: 'off, warn or required',
    meaning:
      'What happens when an account is created for someone whose finished training cannot be confirmed.',
    source: 'The guide',
    weakens: whenLater('required', 'warn', 'off'),
  }),
  trainingMonths: row({
    group: 'Training',
    schema: whole(0, 60),
    default: 0,
    range: '0 to 60 months (0: never)',
    meaning: 'Training expires after this long.',
    source: 'Minnesota HMIS',
    weakens: (before, after) => (after || Infinity) > (before || Infinity),
    dangerous: true,
  }),
  retrainMonths: row({
    group: 'Training',
    schema: whole(0, 60),
    default: 0,
    range: '0 to 60 months (0: never)',
    meaning: 'An account that is reactivated after being unused for this long asks for training first.',
    source: 'Minnesota HMIS (6 months)',
    weakens: (before, after) => (after || Infinity) > (before || Infinity),
  }),
  siteName: row({
    group: 'Agency',
    schema: text(80).min(1),
    default: 'Minnesota HMIS',
    range: '1 to 80 characters',
    meaning: 'The name shown on every page.',
    source: 'Lintel',
    weakens: never,
  }),
  siteBanner: row({
    group: 'Agency',
    schema: text(120),
    default: '',
    range: 'at most 120 characters',
    meaning: 'Text of the colored banner, such as "Training site". Blank: no banner.',
    source: 'Lintel',
    weakens: never,
  }),
  helpdeskName: row({
    group: 'Agency',
    schema: text(80).min(1),
    default: 'HMIS Helpdesk',
    range: '1 to 80 characters',
    meaning: "Shown as the helpdesk's name.",
    source: 'WCAG 3.2.6',
    weakens: never,
  }),
  helpdeskEmail: row({
    group: 'Agency',
    schema: text(254).refine(address => address === '' || isSendable(address)),
    default: 'MNHMIS@icalliances.org',
    range: 'an email address',
    meaning: 'Where people write. Blank: not shown.',
    source: 'The guide',
    weakens: never,
    dangerous: true,
  }),
  helpdeskPhone: row({
    group: 'Agency',
    schema: text(40),
    default: '',
    range: 'at most 40 characters',
    meaning: 'Where people call. Blank: not shown.',
    source: 'Lintel',
    weakens: never,
    dangerous: true,
  }),
  doorColor: row({
    group: 'Agency',
    schema: z.string().regex(/^#[0-9a-f]{6}$/),
    default: tokens.light.door,
    range: 'a color such as #0f4c5c that white text can be read on',
    meaning: 'Color of buttons and links. It is lightened automatically in dark mode.',
    source: 'WCAG 1.4.3',
    weakens: never,
  }),
  agencyLogo: row({
    group: 'Agency',
    schema: z.string().regex(/^(?:[0-9a-f]{64})?$/),
    default: '',
    range: 'a PNG picture of at most 32 KiB',
    meaning:
      'Picture shown instead of the mark and the name on every page. Screen readers read the name. Blank: none.',
    source: 'Lintel',
    weakens: never,
  }),
  timeZone: row({
    group: 'Agency',
    schema: z.string().refine(isTimeZone, { error: 'is not a time zone' }),
    default: 'America/Chicago',
    range: 'an IANA time zone',
    meaning: 'Time zone of every time shown.',
    source: 'Lintel',
    weakens: never,
  }),
} as const satisfies Record<string, Row>

export type PolicyName = keyof typeof policyTable

/** Tells whether any change of this value weakens a lock. */
export const canWeaken = (name: PolicyName): boolean => policyTable[name].weakens !== never
export type Policy = { readonly [Name in PolicyName]: z.output<(typeof policyTable)[Name]['schema']> }

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
