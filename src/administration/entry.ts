import { usernameShape } from '../account/rules.ts'
import type { Refusal, RefusalOf } from '../refusals.ts'
import { type AddressTrouble, addressTrouble } from '../web/email-address.ts'

/** The entry for a new account; where they work is chosen beside it. */
export interface PersonEntry {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
}

const longestName = 80

const emailCodes = {
  unseen: 'account.email-unseen',
  dots: 'account.email-dots',
  domain: 'account.email-domain',
  shape: 'account.email-shape',
} as const satisfies Record<AddressTrouble, string>

/** The entry in the form in which it is kept: NFC, no blanks around it, the username in lower case. */
export const tidyEntry = (entry: PersonEntry): PersonEntry => ({
  username: tidy(entry.username).toLowerCase(),
  firstName: tidy(entry.firstName),
  lastName: tidy(entry.lastName),
  email: tidy(entry.email),
})

const tidy = (text: string): string => text.normalize('NFC').trim()

/** Everything that is wrong with a tidied entry, each with its field. */
export function checkEntry(entry: PersonEntry): readonly Refusal<RefusalOf<'account'>>[] {
  const list: Refusal<RefusalOf<'account'>>[] = []
  if (!isName(entry.firstName)) list.push({ code: 'account.name-shape', field: 'firstName' })
  if (!isName(entry.lastName)) list.push({ code: 'account.name-shape', field: 'lastName' })
  const trouble = addressTrouble(entry.email)
  if (trouble !== undefined) list.push({ code: emailCodes[trouble], field: 'email' })
  if (!usernameShape.test(entry.username)) list.push({ code: 'account.username-shape', field: 'username' })
  return list
}

const isName = (text: string): boolean =>
  text !== '' &&
  [...text].length <= longestName &&
  text.isWellFormed() &&
  !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
