import type { RefusalOf } from '../../refusals.ts'
import type { PasskeyKind } from '../../store/schema.ts'

interface RefusalValues {
  /** Time from which it works again, in words. */
  readonly when: string
  readonly helpdesk: string
}

export const words = {
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  add: {
    passkey: 'Add a passkey',
    'security-key': 'Add a security key',
  } satisfies Record<PasskeyKind, string>,
  addLead: {
    passkey:
      'You use it the way you unlock your phone or computer. Do not add one on a computer that you share: anyone who unlocks it could sign in as you.',
    'security-key':
      'Insert your security key, or put it on your phone. Touch it when it blinks. It does not ask for a PIN here.',
  } satisfies Record<PasskeyKind, string>,
  orAdd: 'You can use a passkey or a security key instead:',
  addFirst: 'From then on, your password alone no longer opens your account. You also get backup codes.',
  addEnds: 'Your other sessions will end.',
  askTitle: 'Use your passkey or security key',
  askLead: 'Your browser asks for it when you choose Continue.',
  continueButton: 'Continue',
  useKey: 'Use your passkey or security key',
  cancel: 'Cancel',
  absent:
    'This browser cannot use passkeys or security keys here: JavaScript is off, or the browser does not know them. Use another way.',
  failed:
    'Your browser stopped and does not say why: you canceled, it took too long, or it is not the key that you set up. Try again, or use another way.',
  addFailed:
    'Your browser stopped and does not say why: you canceled, it took too long, or this passkey or key is set up already. Try again.',
  otherAddress: (helpdesk: string) =>
    `Your passkeys and security keys do not work at this address. Use another way, or contact ${helpdesk}.`,
  refusals: {
    'passkeys.no-answer': () =>
      'This browser did not send a passkey or security key: JavaScript is off, or the browser does not know them. Use another way.',
    'passkeys.expired': () => 'That took too long, or it was sent twice. Try again.',
    'passkeys.wrong': () =>
      'That passkey or security key is not one of yours, or it does not work here. Try another one, or use another way.',
    'passkeys.copied': ({ helpdesk }) =>
      `This passkey or security key cannot be used, because there may be a copy of it. Use another way, and contact ${helpdesk}.`,
    'passkeys.waiting': ({ when }) =>
      `Too many failed attempts from your network. Wait until ${when}, then try again.`,
    'passkeys.not-taken': () =>
      'This passkey or security key cannot be used here. Try again, or use another one.',
    'passkeys.known': () =>
      'This passkey or security key cannot be added, because it was added before. Use another one.',
    'passkeys.too-many': () => 'You have 20 passkeys and security keys. Remove one before you add another.',
  } satisfies Record<RefusalOf<'passkeys'>, (values: RefusalValues) => string>,
}

export type PasskeyWords = typeof words
