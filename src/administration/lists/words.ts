import type { RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { FindingKind } from './compare.ts'
import type { ListField } from './mapping.ts'

const en = {
  kinds: {
    left: 'Left here, still active there',
    unknown: 'Active there, unknown here',
    missing: 'Active here, not active there',
    differs: 'Different name or email',
  } satisfies Record<FindingKind, string>,
  fields: {
    username: 'Username',
    email: 'Email',
    name: 'Full name',
    firstName: 'First name',
    lastName: 'Last name',
    status: 'Active or not',
  } satisfies Record<ListField, string>,
  refusals: {
    'list.no-file': 'Choose a file.',
    'list.too-large': 'The file is larger than 8 MB. Split it into several.',
    'list.not-text':
      'The file is not a table saved as text. In Excel, choose Save As, then CSV or Unicode Text.',
    'list.broken': 'The file is not a valid table: a quotation mark is wrong, or a row is far too long.',
    'list.no-rows':
      'There are no people in the file. The first line names the columns, each other line is one person.',
    'list.too-many': 'There are more than 20,000 people in the file. Split it into several.',
    'list.not-enough':
      'Choose the column of the username, the email or the name. A first name needs a last name beside it.',
    'list.nothing-chosen': 'Check at least one.',
    'list.replaced': 'Another list was uploaded since. These are its columns.',
  } satisfies Record<RefusalOf<'list'>, string>,
}

export type ListWords = typeof en

/** Texts of the console and the command line about lists that are compared. */
export const wordsFor = vocabulary<ListWords>({ en })
