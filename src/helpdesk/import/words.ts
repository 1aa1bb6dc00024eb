import type { updateIdentifications } from '../../administration/act.ts'
import type { Batch } from '../../administration/import/batch.ts'
import type { ImportKind } from '../../administration/import/columns.ts'
import type { UpdateField } from '../../administration/import/update-rules.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const plural = plurals('en-US')
const count = (n: number) => plural(n, { other: '#' })
const rowsOf = (n: number) => plural(n, { one: '# row', other: '# rows' })
const accounts = (n: number) => plural(n, { one: '# account', other: '# accounts' })

const en = {
  title: 'Import',
  lead: 'Create or update many accounts at once from a table saved as CSV. First you see what would happen, row by row. Then it is done to all of them, or to none.',
  what: 'What is the file for?',
  kinds: {
    new: 'Create new accounts',
    update: 'Update accounts that are here',
  } satisfies Record<ImportKind, string>,
  updateHint: 'Blank cells and missing columns change nothing.',
  updateTitle: 'Updating accounts that are here',
  updateLead:
    'Each row is one account, found by its username or, where that is blank, by its email. A file can change names, email, work phone, extension, job title and supervisor. A blank cell leaves the value as it is, and so does a column that is not in the file.',
  updateNot:
    'A file does not change organizations, workgroups or roles. For those, select several people on the People page.',
  columnsTitle: 'What goes in the file',
  columnsLead: (most: number) =>
    `The first line names the columns. Every other line is one person, up to ${count(most)} people.`,
  columnHeads: ['Column', 'What goes in it'],
  columns: {
    firstName: 'Can be blank if the person has only one name.',
    lastName: 'Can be blank if there is a first name.',
    email: 'Optional. Each person has their own address. People who have none get printed sheets.',
    username:
      'Up to 64 characters: a to z, 0 to 9, with periods, hyphens or underscores between them. Leave blank and we will suggest one from the name.',
    organizations: 'Optional. Names exactly as in Lintel, separated by |. The first is the primary one.',
    workgroups: 'Optional. Written the same way.',
    workPhone: 'Optional. The number that the helpdesk calls back.',
    workExtension: 'Optional. Numbers only.',
    jobTitle: 'Optional.',
    supervisor: 'Optional. Name and phone of who can vouch for the person.',
    role: 'Leave it out, or enter User. Only an administrator can give other roles, one at a time.',
  },
  noPasswords:
    'Do not put passwords in the file. Afterward, print sheets or email links under Sign-in sheets.',
  template: 'Download an empty table',
  templateName: 'people.csv',
  file: 'File',
  fileHint:
    'A table saved as CSV or text: commas, semicolons or tabs, up to 4 MB. If its columns have other names, you choose which is which.',
  check: 'Check the file',
  fullName: 'Full name',
  waiting: (file: string) => `You uploaded a file earlier: ${file}.`,
  toCheck: 'Open it',
  reportTitle: 'Check the import',
  checkingTitle: 'The file is being checked',
  importingTitles: {
    new: 'The accounts are being created',
    update: 'The accounts are being updated',
  } satisfies Record<ImportKind, string>,
  progress: (done: number, all: number) => `${count(done)} of ${rowsOf(all)}`,
  progressUnknown: 'Starting…',
  nothing: 'There is no file to import.',
  interrupted: 'The check did not finish. Nothing was created. Upload the file again.',
  toImport: 'Choose a file',
  fine: (n: number) =>
    `${plural(n, { one: '# row is', other: '# rows are' })} ready to import. Nothing has been created yet.`,
  notFine: (refused: number, all: number) =>
    `${count(refused)} of ${rowsOf(all)} cannot be imported. Nothing was created. Fix the file and upload it again.`,
  troubles: {
    new: {
      changed:
        'Something in Lintel has changed since the check, so nothing was created. These are the rows as they are now.',
      failed: 'The import was interrupted and nothing was created. Try again.',
    },
    update: {
      changed:
        'Somebody changed one of these accounts since the check, so nothing was updated. These are the rows as they are now.',
      failed: 'The update was interrupted and nothing was changed. Try again.',
    },
  } satisfies Record<ImportKind, Record<NonNullable<Batch['trouble']>, string>>,
  toUpdate: (n: number, same: number) =>
    `${plural(n, { one: '# account', other: '# accounts' })} will change. ${plural(same, { one: '# row changes', other: '# rows change' })} nothing. Nothing has been updated yet.`,
  nothingToUpdate: 'No row changes anything. There is nothing to do.',
  notUpdated: (refused: number, all: number) =>
    `${count(refused)} of ${rowsOf(all)} cannot be used. Nothing was updated. Fix the file and upload it again.`,
  updateHeads: ['Line', 'Account', 'What changes', 'Outcome'],
  fieldNames: {
    firstName: 'First name',
    lastName: 'Last name',
    email: 'Email',
    workPhone: 'Work phone',
    workExtension: 'Extension',
    jobTitle: 'Job title',
    supervisor: 'Supervisor',
  } satisfies Record<UpdateField, string>,
  changed: (field: string, before: string, after: string) => `${field}: ${before} → ${after}`,
  blank: '(blank)',
  stale: 'Changed meanwhile',
  willChange: 'Will change',
  same: 'No change',
  identified: 'How did you verify who asks for this?',
  identifiedBy: {
    'written-list': 'I have a written list from the agency',
    'call-back': 'I called back a number on file',
    'in-person': 'They asked in person, and I know them or saw ID',
    supervisor: 'A supervisor confirmed it',
  } satisfies Record<(typeof updateIdentifications)[number], string>,
  update: (n: number) => `Update ${accounts(n)}`,
  updateDeed: (n: number) => `update ${accounts(n)}`,
  updatedTitle: 'The accounts have been updated',
  updated: (n: number, file: string) =>
    `${plural(n, { one: '# account was', other: '# accounts were' })} updated from ${file}.`,
  updatedNext:
    'People who have a new email were told at the old one. In the audit log, the records have this in common:',
  toPeople: 'Go to People',
  source: (file: string, when: string) => `${file}, checked ${when}`,
  rowsTitle: 'Row by row',
  rowHeads: ['Line', 'Name', 'Account', 'Organizations and workgroups', 'Outcome'],
  willBeMade: 'Ready',
  notMade: 'Error',
  untrainedSome: (n: number) =>
    `We cannot confirm that ${plural(n, { one: '# person has', other: '# people have' })} finished the training. They are listed first. You can still create their accounts.`,
  pages: (from: number, to: number, all: number) => `Rows ${count(from)} to ${count(to)} of ${count(all)}`,
  deed: (n: number) => `create ${accounts(n)}`,
  make: (n: number) => `Create ${accounts(n)}`,
  another: 'Choose another file',
  doneTitle: 'The accounts have been created',
  made: (n: number, file: string) =>
    `${plural(n, { one: '# account was', other: '# accounts were' })} created from ${file}.`,
  madeNext: 'Nobody can sign in with them yet. Print their sheets or email them a link.',
  toSheets: 'Print sheets or email links',
  summary: 'The file could not be read',
}

type ImportWords = typeof en

export const wordsFor = vocabulary<ImportWords>({ en })
