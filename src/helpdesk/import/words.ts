import { vocabulary } from '../../web/vocabulary.ts'

const count = (n: number) => n.toLocaleString('en-US')
const rowsOf = (n: number) => (n === 1 ? '1 row' : `${count(n)} rows`)
const accounts = (n: number) => (n === 1 ? '1 account' : `${count(n)} accounts`)

const en = {
  title: 'Import',
  lead: 'Make many accounts at once from a table that you saved as CSV. First you see what would happen, row by row. Then all accounts are made, or none.',
  columnsTitle: 'What the file holds',
  columnsLead: (most: number) =>
    `The first line names the columns. Each further line is one person, ${count(most)} at most.`,
  columnHeads: ['Column', 'What it holds'],
  columns: {
    firstName: 'Needed.',
    lastName: 'Needed.',
    email: 'Needed. Each person has an address of their own.',
    username:
      'Up to 64 signs: a to z, 0 to 9, and points, hyphens or underscores between them. Where it is empty one is proposed from the name.',
    organizations: 'The names, as in Lintel. With | between them when there are several. May stay empty.',
    workgroups: 'The same for workgroups.',
    role: 'Leave it out or write User. Only an administrator gives other roles, one by one.',
  },
  noPasswords: 'The file holds no passwords. Afterwards you print sheets or mail links under Sign-in sheets.',
  template: 'Download an empty table',
  templateName: 'people.csv',
  file: 'File',
  fileHint: 'CSV in UTF-8, with commas, semicolons or tabs, up to 4 MB. In Excel: Save As, CSV UTF-8.',
  check: 'Check the file',
  waiting: (file: string) => `You have already given a file: ${file}.`,
  toCheck: 'Look at it',
  reportTitle: 'Check the import',
  checkingTitle: 'The file is being checked',
  importingTitle: 'The accounts are being made',
  progress: (done: number, all: number) => `${count(done)} of ${rowsOf(all)}`,
  progressUnknown: 'It has begun.',
  nothing: 'No file waits to be imported.',
  interrupted: 'The check did not come to its end. Nothing was made. Choose the file again.',
  toImport: 'Choose a file',
  fine: (n: number) => `${n === 1 ? 'The row is' : `All ${rowsOf(n)} are`} fine. Nothing has been made yet.`,
  notFine: (refused: number, all: number) =>
    `${count(refused)} of ${rowsOf(all)} cannot be imported as ${refused === 1 ? 'it is' : 'they are'}. Nothing was made. Put the file right and choose it again.`,
  troubles: {
    changed: 'Lintel has changed since the check, so nothing was made. This is how the rows stand now.',
    failed: 'The import broke off and nothing was made. Try again.',
  },
  source: (file: string, when: string) => `${file}, checked ${when}`,
  rowsTitle: 'Row by row',
  rowHeads: ['Line', 'Name', 'Account', 'Places', 'Outcome'],
  willBeMade: 'Will be made',
  notMade: 'Cannot be made',
  untrainedSome: (n: number) =>
    `The training of ${n === 1 ? '1 person' : `${count(n)} people`} is not known to be finished. They stand first. Their accounts are made all the same.`,
  pages: (from: number, to: number, all: number) => `Rows ${count(from)} to ${count(to)} of ${count(all)}`,
  make: (n: number) => `Make ${accounts(n)}`,
  another: 'Choose another file',
  doneTitle: 'The accounts are made',
  made: (n: number, file: string) => `${accounts(n)} ${n === 1 ? 'was' : 'were'} made from ${file}.`,
  madeNext: 'Nobody can sign in with them yet. Print their sheets or mail them a link.',
  toSheets: 'Print sheets or mail links',
  summary: 'The file could not be read',
}

export type ImportWords = typeof en

export const wordsFor = vocabulary<ImportWords>({ en })
