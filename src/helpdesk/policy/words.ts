import type { PolicyCode } from '../../policy/rules.ts'
import type { PolicyName } from '../../policy/table.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const countOf = (count: number | undefined, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${(count ?? 0).toLocaleString('en-US')} ${many}`

type Effects = (after: string, count: number | undefined) => readonly string[]

const nextPassword: Effects = () => [
  'The new rules hold for the next password that anybody chooses. Passwords that exist stay as they are.',
]

const whomToCall: Effects = () => [
  'Every page and every mail that warns of a change tells people to turn here. Whoever answers there is believed.',
]

const effects: Partial<Record<PolicyName, Effects>> = {
  passwordPolicy: nextPassword,
  temporaryPasswordHours: () => [
    'This holds for temporary passwords that are issued from now on. Those that are out keep their time.',
  ],
  securityQuestion: (after, count) =>
    after === 'on'
      ? ['People can set a security question again. Forgot password asks it of those who have one.']
      : [
          `${countOf(count, 'active person has', 'active people have')} set a question. It is not deleted, and nobody is asked it.`,
          'Forgot password then needs only the link from the mail.',
        ],
  twoStep: (after, count) => {
    if (after === 'required')
      return [
        `${countOf(count, 'active person has', 'active people have')} no second step yet. They are led to set it up at their next request.`,
        'Make sure that they have a phone with an authenticator app before you do this.',
      ]
    const have = `${countOf(count, 'active person has', 'active people have')} it on. They are asked for a code as before.`
    return after === 'off'
      ? [have, 'Nobody new can turn it on, helpdesk staff and administrators included.']
      : [have, 'People may turn it on. Helpdesk staff and administrators still must.']
  },
  dormantDays: (_, count) => [
    `${countOf(count, 'active person has', 'active people have')} not signed in for that long. Their accounts become dormant when accounts are next looked through.`,
    'The helpdesk can reactivate a dormant account.',
  ],
  termsYearly: (after, count) =>
    after === 'on'
      ? [
          `${countOf(count, 'active person has', 'active people have')} accepted no terms within the last year. They are asked at their next request.`,
        ]
      : ['What was accepted holds until the next version of the terms.'],
  trainingMonths: after =>
    after === '0'
      ? ['Training that was finished once counts for ever.']
      : ['Training that is older lapses when accounts are next looked through.'],
  helpdeskEmail: whomToCall,
  helpdeskPhone: whomToCall,
}

const en = {
  title: 'Policy',
  lead: 'What your agency decides for itself. A change holds at once, for everybody.',
  columns: ['Setting', 'Now', 'What it is'],
  details: (range: string, source: string) => `Can be: ${range}. Source: ${source}.`,
  changedTag: 'Changed',
  isDefault: 'Default',
  defaultIs: (value: string) => `Default: ${value}`,
  source: 'Source',
  on: 'On',
  off: 'Off',
  empty: 'Empty',
  picture: 'A picture',
  noPicture: 'None',
  labels: {
    passwordPolicy: 'Rules for passwords',
    passwordHistory: 'Former passwords that are refused',
    temporaryPasswordHours: 'Life of a temporary password',
    securityQuestion: 'Security question',
    resetLinkMinutes: 'Life of a reset link',
    recoveryMailsPerHour: 'Recovery mails in an hour',
    twoStep: '2-step verification',
    twoStepGraceDays: 'Days that staff have to set up 2-step verification',
    idleMinutes: 'Session without a request',
    sessionHours: 'Whole session',
    sessionsPerPerson: 'Sessions at once',
    reauthenticationMinutes: 'Time after the password was given again',
    signInNotice: 'Mail after a sign-in from a new browser',
    dormantDays: 'Time until an unused account is dormant',
    dormancyNoticeDays: 'Mail before an account is dormant',
    termsYearly: 'Terms accepted every year',
    trainingGate: 'Training before an account',
    trainingMonths: 'Time until training lapses',
    siteName: 'Name of the site',
    siteBanner: 'Banner',
    helpdeskName: 'Name of the helpdesk',
    helpdeskEmail: 'E-mail of the helpdesk',
    helpdeskPhone: 'Telephone of the helpdesk',
    doorColor: 'Door colour',
    agencyLogo: 'Logo',
    timeZone: 'Time zone',
  } satisfies Record<PolicyName, string>,
  values: {
    composition: 'Composition',
    length: 'Length',
    off: 'Off',
    optional: 'Optional',
    required: 'Required',
    warn: 'Warn',
  } as Readonly<Record<string, string>>,
  range: 'Can be',
  defaultValue: 'Default',
  now: 'Now',
  code: 'Name in the audit log',
  newValue: 'New value',
  numberHint: (least: number, most: number, unit: string | undefined) =>
    `A whole number from ${least} to ${most}${unit === undefined ? '' : `, in ${unit}`}.`,
  textHint: (range: string) => `Can be ${range}.`,
  file: 'Picture',
  fileHint: 'A PNG file of at most 32 KiB, 32 to 1,200 pixels wide and 16 to 400 pixels high.',
  logoIsRead: (site: string) =>
    `People who cannot see it, and mail, get the name instead: "${site}". Change the name of the site to change that.`,
  reason: 'Reason',
  reasonOptional: 'Reason (may stay empty)',
  reasonHint: 'One sentence. It is kept in the audit log. Write no password and nothing about clients.',
  save: 'Save',
  next: 'Continue',
  toDefault: 'Back to default',
  removeLogo: 'Remove the logo',
  back: 'Back to the policy',
  confirmTitle: (label: string) => `Check the change: ${label}`,
  warning: 'This changes how people get in',
  before: 'Now',
  after: 'Then',
  always: 'It holds at once, for everybody. It is written to the audit log with your name and reason.',
  effects,
  confirm: 'Change it',
  backToValue: 'Back, change nothing',
  did: (label: string, value: string) => `${label} was changed. It is now: ${value}.`,
  history: 'Last changes',
  historyColumns: ['When', 'Setting', 'Before', 'After', 'By'],
  system: 'Lintel',
  noHistory: 'Nothing was changed yet.',
  whatChanged: 'What changed since you opened the page',
  changeLine: (when: string, by: string, label: string, before: string, after: string) =>
    `${when}, ${by}: ${label}, from ${before} to ${after}`,
  reasonLine: (text: string) => `Reason: ${text}`,
  refusals: {
    'policy.out-of-range': (range: string) => `Enter a value that is allowed here: ${range}.`,
    'policy.unchanged': () => 'This is the value that it has already. Nothing was changed.',
    'policy.changed-meanwhile': () =>
      'Someone else changed the policy while you looked at it. Nothing was done. Look at what changed, then decide.',
    'policy.no-reason': () => 'Enter a reason.',
    'policy.reason-too-long': () => 'Make the reason shorter: 500 characters at most.',
    'policy.notice-after-dormancy': () =>
      'The mail before an account is dormant must come fewer days before than an account takes to become dormant. Change the other value first.',
    'policy.no-contact': () =>
      'People need a way to reach the helpdesk. Enter an e-mail address here, or a telephone number first.',
    'policy.button-contrast': (_, ratio) =>
      `White text on this colour cannot be read well: its contrast is ${ratio} to 1, and at least 4.5 to 1 is needed. Choose a darker colour.`,
    'policy.link-contrast': (_, ratio) =>
      `Links in this colour cannot be read well on the page: their contrast is ${ratio} to 1, and at least 4.5 to 1 is needed. Choose a darker colour.`,
    'policy.logo-missing': () => 'Choose a PNG file first.',
    'policy.logo-too-large': () =>
      'The picture is larger than 32 KiB. Make it smaller, then choose it again.',
    'policy.logo-not-png': () => 'This file is not a PNG picture. Save it as PNG, then choose it again.',
    'policy.logo-shape': () =>
      'The picture must be 32 to 1,200 pixels wide and 16 to 400 pixels high. Change its size, then choose it again.',
  } satisfies Record<PolicyCode, (range: string, detail: string) => string>,
}

export type PolicyWords = typeof en

export const wordsFor = vocabulary<PolicyWords>({ en })
