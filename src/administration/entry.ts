import { foldName } from '../account/names.ts'
import { usernameShape } from '../account/rules.ts'
import type { Refusal, RefusalOf } from '../refusals.ts'
import { type AddressTrouble, addressTrouble } from '../web/email-address.ts'
import { tidyLine } from '../web/line.ts'

/** A person's name and address as somebody typed them. */
export interface Names {
  readonly firstName: string
  readonly lastName: string
  /** Empty for a person without one. */
  readonly email: string
}

/** The entry for a new account; where they work is chosen beside it. */
export interface PersonEntry extends Names {
  readonly username: string
}

const longestName = 80

const emailCodes = {
  unseen: 'account.email-unseen',
  dots: 'account.email-dots',
  domain: 'account.email-domain',
  shape: 'account.email-shape',
} as const satisfies Record<AddressTrouble, string>

/** The names in a form, or in the row of a file. */
export const namesFrom = (textOf: (field: keyof Names) => string): Names => ({
  firstName: textOf('firstName'),
  lastName: textOf('lastName'),
  email: textOf('email'),
})

/** The names in the form in which they are kept. */
export const tidyNames = ({ firstName, lastName, email }: Names): Names => ({
  firstName: tidyLine(firstName),
  lastName: tidyLine(lastName),
  email: tidyEmail(email),
})

/** The entry in the form in which it is kept; the username is the one under which it is found. */
export const tidyEntry = (entry: PersonEntry): PersonEntry => ({
  ...tidyNames(entry),
  username: tidyUsername(entry.username),
})

export const tidyEmail = (text: string): string => text.normalize('NFC').trim()

/** Two words stay two, and are refused: nobody chose what they would be joined to. */
const tidyUsername = (text: string): string => {
  const line = tidyLine(text)
  return /[\p{L}\p{N}] [\p{L}\p{N}]/u.test(line) ? line : foldName(text)
}

type EntryRefusals = readonly Refusal<RefusalOf<'account'>>[]

/** Everything that is wrong with a tidied entry, each with its field. */
export const checkEntry = (entry: PersonEntry): EntryRefusals => [
  ...checkNames(entry),
  ...(usernameShape.test(entry.username)
    ? []
    : [{ code: 'account.username-shape', field: 'username' } as const]),
]

/** The same without a username. People have one name or two. */
export function checkNames(entry: Names): EntryRefusals {
  const list: Refusal<RefusalOf<'account'>>[] = []
  if (entry.firstName === '' && entry.lastName === '')
    list.push({ code: 'account.name-missing', field: 'lastName' })
  for (const field of ['firstName', 'lastName'] as const)
    if (!isName(entry[field])) list.push({ code: 'account.name-shape', field })
  return [...list, ...checkEmail(entry.email)]
}

/** What is wrong with a tidied address; nothing with none. */
export function checkEmail(email: string): EntryRefusals {
  const trouble = email === '' ? undefined : addressTrouble(email)
  return trouble === undefined ? [] : [{ code: emailCodes[trouble], field: 'email' }]
}

const isName = (text: string): boolean => [...text].length <= longestName && text.isWellFormed()
