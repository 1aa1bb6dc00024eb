import type { RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const count = (n: number) => n.toLocaleString('en-US')

/** What a sentence about a file can name: what was written there, another line. */
type Sentence = (text: string, line: number) => string

const en = {
  untrained: 'Their training is not known to be finished.',
  refusals: {
    'import.no-file': () => 'Choose a file.',
    'import.too-large': () => 'The file is larger than 4 MB. Split it into several.',
    'import.not-text': () =>
      'The file is not text in UTF-8. Save it once more, as CSV UTF-8, then choose it again.',
    'import.broken': (_, line) =>
      `Line ${count(line)} is no row of a CSV file: a quotation mark is wrong, or the row is far too long.`,
    'import.no-rows': () => 'There is nobody in the file. Each line below the first is one person.',
    'import.too-many-rows': () => 'There are more than 10,000 people in the file. Split it into several.',
    'import.column-missing': text => `The column ${text} is missing from the first line.`,
    'import.column-twice': text => `The column ${text} is in the first line twice.`,
    'import.column-unknown': text =>
      text === ''
        ? 'A column has no name. Name it or take it out.'
        : `There is no column ${text}. Take it out.`,
    'import.cells': () => 'The row has more cells than the first line.',
    'import.role': text => `The role ${text} cannot be imported. An administrator gives it afterwards.`,
    'import.username-twice': (_, line) => `Line ${count(line)} has the same username.`,
    'import.username-alike': (_, line) => `The username looks too much like the one in line ${count(line)}.`,
    'import.email-twice': (_, line) => `Line ${count(line)} has the same e-mail address.`,
    'import.email-known': () => 'Somebody with this e-mail address has an account.',
    'import.organization-unknown': text => `There is no organization ${text}.`,
    'import.training-open': () =>
      'Their training is not known to be finished. Make this account by itself, with the reason why.',
    'import.workgroup-unknown': text => `There is no workgroup ${text}.`,
  } satisfies Record<RefusalOf<'import'>, Sentence> as Record<RefusalOf<'import'>, Sentence>,
}

export type RowWords = typeof en

/** What the console and the command line say of a file and its rows. */
export const wordsFor = vocabulary<RowWords>({ en })
