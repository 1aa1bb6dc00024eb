import { foldName } from '../account/names.ts'
import { usernameShape } from '../account/rules.ts'
import type { Refusal, RefusalOf } from '../refusals.ts'
import { type AddressTrouble, addressTrouble } from '../web/email-address.ts'
import { tidyLine } from '../web/line.ts'

/** The entry for a new account; where they work is chosen beside it. */
export interface PersonEntry {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  /** Empty for who has none. */
  readonly email: string
}

const longestName = 80

const emailCodes = {
  unseen: 'account.email-unseen',
  dots: 'account.email-dots',
  domain: 'account.email-domain',
  shape: 'account.email-shape',
} as const satisfies Record<AddressTrouble, string>

/** The entry in the form in which it is kept; the username is the one under which it is found. */
export const tidyEntry = (entry: PersonEntry): PersonEntry => ({
  username: tidyUsername(entry.username),
  firstName: tidyLine(entry.firstName),
  lastName: tidyLine(entry.lastName),
  email: tidy(entry.email),
})

const tidy = (text: string): string => text.normalize('NFC').trim()

/** Two words stay two, and are refused: nobody chose what they would be joined to. */
const tidyUsername = (text: string): string => {
  const line = tidyLine(text)
  return /[\p{L}\p{N}] [\p{L}\p{N}]/u.test(line) ? line : foldName(text)
}

/** Everything that is wrong with a tidied entry, each with its field. People have one name or two. */
export function checkEntry(entry: PersonEntry): readonly Refusal<RefusalOf<'account'>>[] {
  const list: Refusal<RefusalOf<'account'>>[] = []
  if (entry.firstName === '' && entry.lastName === '')
    list.push({ code: 'account.name-missing', field: 'lastName' })
  for (const field of ['firstName', 'lastName'] as const)
    if (!isName(entry[field])) list.push({ code: 'account.name-shape', field })
  const trouble = entry.email === '' ? undefined : addressTrouble(entry.email)
  if (trouble !== undefined) list.push({ code: emailCodes[trouble], field: 'email' })
  if (!usernameShape.test(entry.username)) list.push({ code: 'account.username-shape', field: 'username' })
  return list
}

const isName = (text: string): boolean => [...text].length <= longestName && text.isWellFormed()
