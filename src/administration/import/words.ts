import type { RefusalOf } from '../../refusals.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const plural = plurals('en-US')
const count = (n: number) => plural(n, { other: '#' })

/** What a sentence about a file can name: what was written there, another line. */
type Sentence = (text: string, line: number) => string

const en = {
  untrained: 'We cannot confirm that they finished the training.',
  refusals: {
    'import.no-file': () => 'Choose a file.',
    'import.too-large': () => 'The file is larger than 4 MB. Split it into several.',
    'import.not-text': () =>
      'The file is not a table saved as text. In Excel, choose Save As, then CSV or Unicode Text.',
    'import.broken': (_, line) =>
      `Line ${count(line)} is not a valid CSV row: a quotation mark is wrong, or the row is far too long.`,
    'import.no-rows': () => 'There are no people in the file. Each line below the first is one person.',
    'import.too-many': () => 'There are more than 10,000 people in the file. Split it into several.',
    'import.column-missing': () =>
      'No column names people. One must be the first name, last name or full name.',
    'import.no-key-column': () =>
      'No column says whose account it is. One must be the username or the email.',
    'import.column-twice': text => `The column ${text} is in the first line twice.`,
    'import.column-unknown': text =>
      text === ''
        ? 'A column has no name. Name it or remove it.'
        : `There is no column named ${text}. Remove it. Or say with --column which ones to read.`,
    'import.column-not-there': () => '--column is FIELD=TITLE, with a title of the file.',
    'import.cells': () => 'The row has more cells than the first line.',
    'import.role': text => `The role ${text} cannot be imported. An administrator can give it afterward.`,
    'import.username-twice': (_, line) => `Line ${count(line)} has the same username.`,
    'import.username-alike': (_, line) => `The username looks too much like the one on line ${count(line)}.`,
    'import.email-twice': (_, line) => `Line ${count(line)} has the same email address.`,
    'import.email-known': () => 'Someone with this email address has an account.',
    'import.organization-unknown': text => `There is no organization named ${text}.`,
    'import.training-open': () =>
      'We cannot confirm that they finished the training. Create this account on its own, with a reason.',
    'import.no-key': () => 'There is no username, and no email, by which to find the account.',
    'import.not-found': text => `Nobody you look after has the username or email ${text}.`,
    'import.email-several': text => `More than one account has the email ${text}. Enter the username.`,
    'import.account-twice': (_, line) => `Line ${count(line)} is about the same account.`,
    'import.too-many-changes': () => 'More than 1,000 rows change something. Put this row in another file.',
    'import.workgroup-unknown': text => `There is no workgroup named ${text}.`,
  } satisfies Record<RefusalOf<'import'>, Sentence> as Record<RefusalOf<'import'>, Sentence>,
}

type RowWords = typeof en

/** Texts of the console and the command line about a file and its rows. */
export const wordsFor = vocabulary<RowWords>({ en })
