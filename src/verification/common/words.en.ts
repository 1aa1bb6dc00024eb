import type { RefusalOf } from '../../refusals.ts'
import { plurals } from '../../web/plurals.ts'
import type { OwnKind } from './own-way.ts'
import type { Asked } from './way.ts'

const count = plurals('en-US')

export interface RefusalValues {
  /** How long to wait, in words; empty when no time helps. */
  readonly wait: string
  readonly helpdesk: string
}

export const words = {
  title: '2-Step Verification',
  verifyLead: 'Open your authenticator app. Enter the code that it shows now.',
  code: 'Verification code',
  codeHint: '6 digits',
  submit: 'Submit',
  ownComputer: (days: number) =>
    `Don’t ask for a code on this computer for ${count(days, { one: '# day', other: '# days' })}`,
  ownComputerHint: 'Only on a computer that is yours and that nobody else uses.',
  backupTitle: 'Use a backup code',
  backupLead:
    'Enter one of the backup codes that you saved when you turned on 2-step verification. Each code works once.',
  backup: 'Backup code',
  backupHint: '16 letters and digits. Capital letters, dashes and spaces do not matter.',
  noneAtHand: (helpdesk: string) => `None of these at hand? Contact ${helpdesk}.`,
  anotherWay: 'Another way',
  use: {
    app: 'Use the authenticator app',
    passkey: 'Use a passkey or security key',
    'code-card': 'Use your code card',
    'backup-code': 'Use a backup code',
  } satisfies Record<Asked, string>,
  cardTitle: 'Use your code card',
  cardCode: (number: number, letter: string) => `Enter code ${number} of card ${letter}`,
  cardHint: '8 digits. Spaces do not matter.',
  cardUsedUp: (helpdesk: string) =>
    `Every code on your card has been used. Use another way, or ask ${helpdesk} for a new card.`,
  printCard: 'Print a code card',
  printCardLead:
    'Print this card, or copy all of it by hand. It works once you enter its first code here. From then on, older cards no longer work and your other sessions end.',
  useCard: 'Use This Card',
  noPhone: 'No phone and no app on a computer?',
  cardHeading: (letter: string) => `Code card ${letter}`,
  cardNote:
    'Each code works once. When you sign in, the page asks for one code by its number. Keep this card away from your computer and your password.',
  cardKey: (letter: string) => `Code card ${letter}`,
  cardLeft: (left: number) => count(left, { one: '# code left', other: '# codes left' }),

  setUpTitle: 'Set up 2-Step Verification',
  setUpLead:
    'After your password, you also enter a code from an app on your phone or computer. Even someone who knows your password cannot get in.',
  setUpRequired: 'Your account needs this before you can continue.',
  replaceTitle: 'Replace your authenticator',
  replaceLead: 'Set up the new app or phone. The old one works until you choose Turn On here.',
  getApp: 'Get an authenticator app',
  getAppBody: 'Google Authenticator, Microsoft Authenticator and most others work. You may already have one.',
  addAccount: 'Add this account to the app',
  addAccountBody: 'Scan the QR code with the app, or enter this key by hand.',
  picture: 'QR code for your authenticator app',
  keyLabel: 'Key',
  enterCode: 'Enter the code that the app shows',
  turnOn: 'Turn On',

  codesTitle: 'Backup codes',
  isOn: '2-step verification is on.',
  codesLead:
    'Use a backup code when you have none of your other ways at hand. Each code works once. You can see them here for ten minutes, so save them now where only you can find them.',
  codesNew: 'These are your new backup codes. Your old codes no longer work. Your other sessions were ended.',
  codesFor: (site: string, username: string) => `${site}, username ${username}`,
  download: 'Download as a text file',
  fileNote: 'Each code works once. Keep this where only you can find it.',
  saved: 'I have saved these',
  unsaved: 'You have new backup codes that you may not have saved.',
  seeAgain: 'See your backup codes',

  state: '2-step verification',
  onSince: (when: string) => `On since ${when}`,
  off: 'Off',
  waysHeading: 'Ways to prove that it is you',
  kinds: {
    app: 'Authenticator app',
    passkey: 'Passkey',
    'security-key': 'Security key',
    'code-card': 'Code card',
  } satisfies Record<OwnKind, string>,
  synced: 'Passkey, synced',
  elsewhere: 'Does not work at this address. Remove it, and add a new one.',
  addedOn: (when: string) => `Added ${when}`,
  neverUsed: 'Not used yet',
  lastUsed: (when: string) => `Last used ${when}`,
  codesLeft: (left: number) => count(left, { one: '# left', other: '# left' }),
  low: (left: number) =>
    left === 0
      ? 'You have no backup codes left. Create new ones now, so that you can still sign in if you lose your other ways.'
      : `You have only ${count(left, { one: '# backup code', other: '# backup codes' })} left. Create new ones soon.`,
  anyHint: (number: number, letter: string) =>
    `Code ${number} of card ${letter}. A new code from your app or a backup code works too.`,
  cardFew: (left: number, helpdesk: string | undefined) =>
    `${
      left === 0
        ? 'Your code card has no codes left.'
        : `Your code card has only ${count(left, { one: '# code', other: '# codes' })} left.`
    } ${helpdesk === undefined ? 'Print a new one.' : `Ask ${helpdesk} for a new card.`}`,
  eitherHint: 'A new code from your app, or a backup code.',
  replace: 'Replace authenticator',
  addApp: 'Add an authenticator app',
  addAppLead:
    'Set up one more app, such as on another phone or on your computer. Your other ways keep working. Your other sessions end.',
  rename: 'Rename',
  renameTitle: (way: string) => `Rename ${way}`,
  name: 'Name',
  nameHint: (most: number) => `What you call it, such as “My phone”. At most ${most} characters.`,
  remove: 'Remove',
  removeTitle: (way: string) => `Remove ${way}?`,
  removeMeans: 'You can no longer use it to sign in. Your other ways keep working. Your other sessions end.',
  newCodes: 'New backup codes',
  newCodesMeans: 'You get ten new codes. The old ones stop working. Your other sessions end.',
  turnOff: 'Turn Off',
  turnOffTitle: 'Turn off 2-step verification?',
  turnOffMeans:
    'You will sign in with your password only. Everything listed under 2-Step Verification stops working. Your other sessions end.',
  turnOffRequired: 'Your account needs 2-step verification, so you will set it up again right away.',
  cancel: 'Cancel',
  back: 'Back to Security Settings',
  notOffered: (helpdesk: string) =>
    `This site does not use 2-step verification. Questions? Contact ${helpdesk}.`,
  messages: {
    off: '2-step verification is off. Your other sessions were ended.',
    replaced:
      'Your new authenticator is ready to use. The old one no longer works. Your other sessions were ended.',
    saved: 'Your backup codes are ready to use.',
    'codes-gone':
      'Backup codes are shown for ten minutes after they are made. If you did not save yours, create new ones here.',
    added: 'Your new authenticator app is ready to use. Your other sessions were ended.',
    removed: 'It was removed. It no longer works. Your other sessions were ended.',
    card: 'Your code card is ready to use. Older cards no longer work. Your other sessions were ended.',
    key: 'It is ready to use. Your other sessions were ended.',
    renamed: 'The new name was saved.',
  },
  seconds: (seconds: number) => count(seconds, { one: '# second', other: '# seconds' }),
  minutes: (minutes: number) => count(minutes, { one: '# minute', other: '# minutes' }),
  refusals: {
    'verification.empty': () => 'Enter the code that your authenticator app shows.',
    'verification.not-a-code': () =>
      'A verification code has 6 digits. Enter the code that your app shows now.',
    'verification.wrong': () =>
      'That code is not correct. Enter the code that your app shows now. If it keeps failing, check that your phone or computer sets its time automatically.',
    'verification.used': () => 'This code has already been used. Wait for the next code, then enter it.',
    'verification.waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `Too many wrong codes. Use a backup code, or contact ${helpdesk}.`
        : `Too many wrong codes. Wait ${wait}, then try again. Or use a backup code now – you do not have to wait. ${helpdesk} can also help.`,
    'verification.app-wrong': () =>
      'That code is not correct. Enter the code that the app shows now, or scan the QR code again.',
    'verification.backup-empty': () => 'Enter one of your backup codes.',
    'verification.not-a-backup-code': () =>
      'A backup code has 16 characters: letters and the digits 2 to 7. Check for missing or extra characters. There is no digit 1: what looks like one is the letter I or L.',
    'verification.backup-wrong': () =>
      'That backup code is not correct. Check each character. Codes from an older list no longer work.',
    'verification.backup-used': () =>
      'This backup code has already been used. Each code works once. Use another one.',
    'verification.backup-waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `Too many wrong backup codes. Use your authenticator app, or contact ${helpdesk}.`
        : `Too many wrong backup codes. Wait ${wait}, then try again. Or use the code from your authenticator app now. ${helpdesk} can also help.`,
    'verification.card-empty': () => 'Enter the code that is printed next to the number.',
    'verification.not-a-card-code': () =>
      'A code on your card has 8 digits. Check for missing or extra digits.',
    'verification.card-wrong': () =>
      'That code is not correct. Check the number, and that the letter on your card is the one asked for. Older cards no longer work.',
    'verification.card-first-wrong': () =>
      'That is not code 1 of this card. Enter the 8 digits next to the number 1.',
    'verification.card-used': () =>
      'This code has already been used. Enter the code next to the number that is asked for now.',
    'verification.card-waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `Too many wrong codes. Use another way, or ask ${helpdesk} for a new card.`
        : `Too many wrong codes. Wait ${wait}, then try again. Or use another way now. ${helpdesk} can also help.`,
    'verification.not-any': () =>
      'This is not one of your codes. Enter the 8 digits from your code card, the 6 digits from your authenticator app, or a backup code of 16 characters.',
    'verification.not-either': () =>
      'Enter the 6 digits that your authenticator app shows, or a backup code of 16 characters.',
    'verification.name-empty': () => 'Enter a name.',
    'verification.name-long': () => 'This name is too long. Shorten it.',
    'verification.last-way': () =>
      'This is your only way. Add another one first. To sign in with your password only, choose Turn Off instead.',
  } satisfies Record<RefusalOf<'verification'>, (values: RefusalValues) => string>,
}

export type VerificationWords = typeof words
/** What the page can say on top, by a name that may stand in the address. */
export type TwoStepMessage = keyof typeof words.messages
