import type { PolicyCode } from '../../policy/rules.ts'
import type { Policy, PolicyName } from '../../policy/table.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

/** What came of the wish for a test message. */
export const testOutcomes = ['test-queued', 'test-under-way', 'test-no-address', 'test-no-server'] as const
export type TestOutcome = (typeof testOutcomes)[number]

const plural = plurals('en-US')
const countOf = (count: number | undefined, one: string, many: string): string =>
  plural(count ?? 0, { one: `# ${one}`, other: `# ${many}` })

type Effects = (after: string, count: number | undefined, policy: Policy) => readonly string[]

const nextPassword: Effects = () => [
  'The new rules apply to the next password that anyone chooses. Existing passwords do not change.',
]

const setUpFrom = (date: string, count: number | undefined): readonly string[] => [
  `${countOf(count, 'active person has', 'active people have')} not set up 2-step verification. ${
    date === ''
      ? 'They must set it up on the next page they open.'
      : `From ${date} on, they must set it up on the next page they open. Before then, Home and an email tell them.`
  }`,
  'Make sure that they have a phone or computer with an authenticator app, a key, or a code card by then.',
]

const whomToCall: Effects = () => [
  'Every page and every email about a change tells people to contact this address or number. People will trust the person who answers.',
]

const effects: Partial<Record<PolicyName, Effects>> = {
  passwordPolicy: nextPassword,
  temporaryPasswordHours: () => [
    'This applies to temporary passwords issued from now on. Passwords already issued keep their expiry.',
  ],
  securityQuestion: (after, count) =>
    after === 'on'
      ? ['People can set a security question again. Forgot password asks those who have one.']
      : [
          `${countOf(count, 'active person has', 'active people have')} set a question. It is kept, but nobody is asked it.`,
          'Forgot password then needs only the emailed link.',
        ],
  emailSignIn: (after, count) =>
    after === 'on'
      ? [
          `${countOf(count, 'active person', 'active people')} can sign in with an email address or the username.`,
          'No two accounts can have the same email address. New accounts and changed addresses are checked.',
          'Addresses are easier to guess than usernames. Wrong passwords count the same for both.',
        ]
      : ['People can sign in only with their username. Tell them first: some may not know it.'],
  twoStepFrom: (after, count, { twoStep }) =>
    twoStep === 'required'
      ? setUpFrom(after, count)
      : ['It counts only where 2-step verification is required.'],
  twoStep: (after, count, { twoStepFrom }) => {
    if (after === 'required') return setUpFrom(twoStepFrom, count)
    const have = `${countOf(count, 'active person has', 'active people have')} turned it on. They are still asked for a code.`
    return after === 'off'
      ? [have, 'Nobody new can turn it on, helpdesk staff and administrators included.']
      : [have, 'People can turn it on. Helpdesk staff and administrators still must.']
  },
  dormantDays: (_, count) => [
    `${countOf(count, 'active person has', 'active people have')} not signed in for that long. Their accounts become inactive the next time accounts are checked.`,
    'The helpdesk can reactivate an inactive account.',
  ],
  termsYearly: (after, count) =>
    after === 'on'
      ? [
          `${countOf(count, 'active person has', 'active people have')} not accepted the terms within the last year. They are asked on the next page they open.`,
        ]
      : ['Acceptances stay valid until the next version of the terms.'],
  trainingMonths: after =>
    after === '0'
      ? ['Finished training never expires.']
      : ['Older training expires the next time accounts are checked.'],
  helpdeskEmail: whomToCall,
  helpdeskPhone: whomToCall,
}

const en = {
  title: 'Policy',
  testTitle: 'Try the mail server',
  testLead: 'Sends an email to your own address. What the mail server answered stands under Emails on',
  testWhere: 'your page.',
  testPress: 'Send a test message',
  tested: {
    'test-queued': 'The test message is on its way to your email address.',
    'test-under-way': 'A test message is still on its way. The mail server has not taken it yet.',
    'test-no-address': 'Your account has no email address. Add one first.',
    'test-no-server': 'This site sends no email: the operator has to set SMTP_URL.',
  } satisfies Record<TestOutcome, string>,
  testMail: {
    subject: 'Test message',
    text: 'You asked for this message in the Helpdesk console. The mail server works.',
  },
  lead: 'What your agency decides. A change takes effect right away, for everyone.',
  columns: ['Setting', 'Now', 'What it is'],
  details: (range: string, source: string) => `Allowed: ${range}. Source: ${source}.`,
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
    passwordPolicy: 'Password rules',
    passwordHistory: 'Password history',
    temporaryPasswordHours: 'Temporary password lifetime',
    securityQuestion: 'Security question',
    resetLinkMinutes: 'Reset link lifetime',
    recoveryMailsPerHour: 'Recovery emails per hour',
    twoStep: '2-step verification',
    passkeys: 'Passkeys and security keys',
    ownComputerDays: 'No code on one’s own computer',
    codeCards: 'Code cards',
    twoStepFrom: 'Required from',
    twoStepGraceDays: 'Days for staff to set up 2-step verification',
    idleMinutes: 'Sign out after inactivity',
    sessionHours: 'Maximum session length',
    sessionsPerPerson: 'Sessions per person',
    reauthenticationMinutes: 'Ask for the password again after',
    emailSignIn: 'Sign in with email',
    signInNotice: 'Email after a sign-in from a new browser',
    dormantDays: 'Unused account becomes inactive after',
    dormancyNoticeDays: 'Email before an account becomes inactive',
    leaversPerDay: 'Leavers a contact can report a day',
    requestDays: 'Wait for a contact to answer',
    reviewSuspendDays: 'Suspend who was not confirmed',
    termsYearly: 'Accept the terms every year',
    trainingGate: 'Training before an account',
    trainingMonths: 'Training expires after',
    retrainMonths: 'Training again after being away for',
    siteName: 'Site name',
    siteBanner: 'Banner',
    helpdeskName: 'Helpdesk name',
    helpdeskEmail: 'Helpdesk email',
    helpdeskPhone: 'Helpdesk phone',
    doorColor: 'Accent color',
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
    'second-step': 'After the password',
    'sign-in': 'Also alone, without the password',
    helpdesk: 'Helpdesk',
    everyone: 'Everyone',
  } as Readonly<Record<string, string>>,
  twoStepForSome: 'Require 2-step verification for some people, from a date',
  range: 'Allowed',
  defaultValue: 'Default',
  now: 'Now',
  code: 'Name in the audit log',
  newValue: 'New value',
  numberHint: (least: number, most: number, unit: string | undefined) =>
    `A whole number from ${least} to ${most}${unit === undefined ? '' : `, in ${unit}`}.`,
  textHint: (range: string) => `Allowed: ${range}.`,
  file: 'Picture',
  fileHint: 'A PNG file of at most 32 KiB, 32 to 1,200 pixels wide and 16 to 400 pixels high.',
  logoIsRead: (site: string) =>
    `Screen readers and emails use the site name instead: "${site}". To change it, change the site name.`,
  reason: 'Reason',
  reasonOptional: 'Reason (optional)',
  reasonIfWeaker: 'Reason (needed if the new value is less secure)',
  reasonHint: 'One sentence. It is kept in the audit log. Do not include passwords or client information.',
  save: 'Save',
  next: 'Continue',
  toDefault: 'Back to default',
  removeLogo: 'Remove the logo',
  back: 'Back to the policy',
  confirmTitle: (label: string) => `Check the change: ${label}`,
  warning: 'This changes how people sign in',
  before: 'Now',
  after: 'New',
  weaker: 'The new value is less secure than the one you have now.',
  always:
    'It takes effect right away, for everyone. It is recorded in the audit log with your name and reason.',
  effects,
  confirm: 'Confirm change',
  backToValue: 'Cancel',
  did: (label: string, value: string) => `${label} was changed to: ${value}.`,
  shared: 'Some people share an email address',
  sharedLead:
    'Each address must belong to one account before people can sign in with it. Correct these with Edit details, then try again.',
  history: 'Recent changes',
  historyColumns: ['When', 'Setting', 'Before', 'After', 'By'],
  system: 'Lintel',
  noHistory: 'No changes yet.',
  whatChanged: 'What has changed since you opened the page',
  changeLine: (when: string, by: string, label: string, before: string, after: string) =>
    `${when}, ${by}: ${label}, from ${before} to ${after}`,
  reasonLine: (text: string) => `Reason: ${text}`,
  refusals: {
    'policy.out-of-range': (range: string) => `Enter an allowed value: ${range}.`,
    'policy.emails-shared': () =>
      'Nothing was changed: some people share an email address. Correct the addresses listed here first.',
    'policy.unchanged': () => 'This is already the value. Nothing was changed.',
    'policy.changed-meanwhile': () =>
      'Someone else changed the policy while you had it open. Nothing was done. Check what changed, then decide.',
    'policy.no-reason': () => 'Enter a reason.',
    'policy.reason-too-long': () => 'Use at most 500 characters for the reason.',
    'policy.notice-after-dormancy': () =>
      'The notice must be sent fewer days ahead than an account takes to become inactive. Change the other value first.',
    'policy.no-contact': () =>
      'People need a way to reach the helpdesk. Enter an email address here, or a phone number first.',
    'policy.button-contrast': (_, ratio) =>
      `White text is hard to read on this color. Its contrast is ${ratio} to 1, and it needs at least 4.5 to 1. Choose a darker color.`,
    'policy.link-contrast': (_, ratio) =>
      `Links in this color are hard to read on the page. Their contrast is ${ratio} to 1, and they need at least 4.5 to 1. Choose a darker color.`,
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
