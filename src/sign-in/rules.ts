import { foldName } from '../account/names.ts'
import { type Bar, barOf, longestEntry, type StateRow, stateOf } from '../account/rules.ts'
import type { AuditedRefusal, Refusal, RefusalOf } from '../refusals.ts'
import { signInForm } from './fields.ts'

export interface Entry {
  readonly username: string
  readonly password: string
  readonly returnTo: string
}

const barCodes = {
  deactivated: 'sign-in.deactivated',
  closed: 'sign-in.closed',
  suspended: 'sign-in.suspended',
  inactive: 'sign-in.inactive',
  'locked-down': 'sign-in.locked-down',
  'training-expired': 'sign-in.training-expired',
} as const satisfies Record<Bar, RefusalOf<'sign-in'> & AuditedRefusal>

/** Why a right password does not open the account now. */
export type BarCode = (typeof barCodes)[Bar] | 'sign-in.temporary-expired'

const bars: readonly string[] = [...Object.values(barCodes), 'sign-in.temporary-expired']

/** Tells whether the password was right and something else keeps the person out. */
export const isBar = (refusal: Refusal): refusal is Refusal<BarCode> => bars.includes(refusal.code)

/** Problems with an entry before anything is looked up. One that no account can have is as wrong as any other. */
export function checkEntry({ username, password }: Entry): readonly Refusal<RefusalOf<'sign-in'>>[] {
  const list: Refusal<RefusalOf<'sign-in'>>[] = []
  if (foldName(username) === '')
    list.push({ code: 'sign-in.empty-username', field: signInForm.name.username })
  if (password === '') list.push({ code: 'sign-in.empty-password', field: signInForm.name.password })
  if (list.length > 0) return list
  const isTooLong = [foldName(username), password].some(text => [...text].length > longestEntry)
  return isTooLong ? [{ code: 'sign-in.wrong' }] : []
}

/** An account and its credential, as far as they bar a sign-in. Times are milliseconds since 1970. */
export interface Standing extends StateRow {
  readonly is_temporary: number | null
  readonly credential_expires_at: number | null
}

/** Why nobody signs in to this account now, though the password is right. */
export function barToSignIn(account: Standing, now: number): Refusal<BarCode> | undefined {
  const bar = barOf(stateOf(account), now)
  if (bar !== undefined)
    return bar === 'suspended' && account.suspended_until !== null
      ? { code: barCodes[bar], until: account.suspended_until }
      : { code: barCodes[bar] }
  const expired =
    account.is_temporary === 1 &&
    account.credential_expires_at !== null &&
    account.credential_expires_at <= now
  return expired ? { code: 'sign-in.temporary-expired' } : undefined
}
