import type { RefusalOf } from '../../refusals.ts'
import { plurals } from '../../web/plurals.ts'

const count = plurals('en-US')

export interface RefusalValues {
  /** How long to wait, in words; empty when no time helps. */
  readonly wait: string
  readonly helpdesk: string
}

export const words = {
  title: '2-Step Verification',
  verifyLead: 'Open the authenticator app on your phone. Enter the code that it shows now.',
  code: 'Verification code',
  codeHint: '6 numbers. Spaces make no difference.',
  submit: 'Submit',
  useBackup: 'Use a backup code',
  backupTitle: 'Use a backup code',
  backupLead:
    'Enter one of the backup codes that you saved when you turned 2-step verification on. Each one works once.',
  backup: 'Backup code',
  backupHint: '16 letters and numbers. Capitals, dashes and spaces make no difference.',
  useApp: 'Use the authenticator app',
  noneAtHand: (helpdesk: string) => `No phone and no backup code? Contact ${helpdesk}.`,

  setUpTitle: 'Set up 2-Step Verification',
  setUpLead:
    'After your password, you also enter a code from an app on your phone. Whoever learns your password still cannot get in.',
  setUpRequired: 'Your account needs this before you can go on.',
  replaceTitle: 'Replace your authenticator',
  replaceLead: 'Pair the new app or phone. The old one works until you choose Turn On here.',
  getApp: 'Get an authenticator app',
  getAppBody: 'Google Authenticator, Microsoft Authenticator and most others work. You may have one already.',
  addAccount: 'Add this account to the app',
  addAccountBody: 'Scan the picture with the app, or copy the key into it.',
  picture: 'QR code for your authenticator app',
  keyLabel: 'Key',
  enterCode: 'Enter the code that the app shows',
  turnOn: 'Turn On',

  codesTitle: 'Backup codes',
  isOn: '2-step verification is on.',
  codesLead:
    'A backup code lets you in when your phone is not at hand. Each one works once. They are shown only now: save them where only you can find them.',
  codesNew: 'These are your new backup codes. The old ones no longer work. Your other sessions were ended.',
  codesFor: (site: string, username: string) => `${site}, username ${username}`,
  download: 'Download as a text file',
  fileNote: 'Each code works once. Keep this where only you can find it.',
  saved: 'I have saved these',

  state: '2-step verification',
  onSince: (when: string) => `On since ${when}`,
  off: 'Off',
  app: 'Authenticator app',
  lastUsed: (when: string) => `Last used ${when}`,
  codesLeft: (left: number) => count(left, { one: '# left', other: '# left' }),
  low: (left: number) =>
    left === 0
      ? 'You have no backup codes left. Make new ones now, so that a lost phone does not lock you out.'
      : `You have only ${count(left, { one: '# backup code', other: '# backup codes' })} left. Make new ones soon.`,
  changeHeading: 'Change something',
  changeLead: 'First enter a code, then choose what to do.',
  eitherHint: 'A code that you have not used yet, or a backup code.',
  replace: 'Replace authenticator',
  replaceMeans: 'for a new phone or another app.',
  newCodes: 'New backup codes',
  newCodesMeans: 'the old ones stop working.',
  turnOff: 'Turn Off',
  turnOffMeans: 'then your password alone opens your account.',
  turnOffRequired: 'your account needs 2-step verification, so you set it up again right away.',
  back: 'Back to Security Settings',
  notOffered: (helpdesk: string) =>
    `This site does not use 2-step verification now. Contact ${helpdesk} with any question.`,
  messages: {
    off: '2-step verification is off. Your other sessions were ended.',
    replaced: 'Your new authenticator is on. The old one no longer works. Your other sessions were ended.',
    saved: 'Your backup codes are in force.',
  },
  seconds: (seconds: number) => count(seconds, { one: '# second', other: '# seconds' }),
  minutes: (minutes: number) => count(minutes, { one: '# minute', other: '# minutes' }),
  refusals: {
    'verification.empty': () => 'Enter the code that your authenticator app shows.',
    'verification.not-a-code': () =>
      'A verification code has 6 numbers. Enter the code that your app shows now.',
    'verification.wrong': () =>
      'This code is not right. Enter the code that your app shows now. If it keeps failing, check that the clock of your phone sets itself.',
    'verification.used': () => 'This code was used already. Wait for the next code, then enter it.',
    'verification.waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `There were too many wrong codes. Use a backup code, or contact ${helpdesk}.`
        : `There were too many wrong codes. Wait ${wait}, then try again. A backup code works now, without waiting. ${helpdesk} can help too.`,
    'verification.app-wrong': () =>
      'This code does not come from the app that you paired here. Enter the code that it shows now, or scan the picture again.',
    'verification.backup-empty': () => 'Enter one of your backup codes.',
    'verification.not-a-backup-code': () =>
      'A backup code has 16 signs: letters, and numbers from 2 to 7. Check for one that is missing or too many.',
    'verification.backup-wrong': () =>
      'This backup code is not right. Check each sign. Codes from an older list no longer work.',
    'verification.backup-used': () => 'This backup code was used already. Each one works once: take another.',
    'verification.backup-waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `There were too many wrong backup codes. Use your authenticator app, or contact ${helpdesk}.`
        : `There were too many wrong backup codes. Wait ${wait}, then try again. The code of your authenticator app works now. ${helpdesk} can help too.`,
    'verification.not-either': () =>
      'Enter the 6 numbers that your authenticator app shows, or a backup code of 16 signs.',
  } satisfies Record<RefusalOf<'verification'>, (values: RefusalValues) => string>,
}

export type VerificationWords = typeof words
/** What the page can say on top, by a name that may stand in the address. */
export type TwoStepMessage = keyof typeof words.messages
