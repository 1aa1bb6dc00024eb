import type { FindingKind } from '../../administration/lists/compare.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const plural = plurals('en-US')

const en = {
  title: 'Compare lists',
  lead: 'Upload the user list of another system. You see who left here but is still active there, who is missing on either side, and whose name or email differs. Nothing is changed by it.',
  file: 'File',
  fileHint: 'A table saved as CSV or text, with any columns: commas, semicolons or tabs, up to 8 MB.',
  compare: 'Compare',
  another: 'Compare another list',
  waiting: (file: string) => `The columns of ${file} are not chosen yet.`,
  toColumns: 'Choose them',
  source: (file: string, when: string, people: number) =>
    `${file}, uploaded ${when}, ${plural(people, { one: '# person', other: '# people' })}. It is compared with Lintel as it is now, and stays until you upload the next list.`,
  scoped: 'You see the people in your organizations. Everyone else in the list counts as unknown.',
  allSame: 'Both lists agree.',
  any: 'All findings',
  count: (name: string, n: number) => `${name} (${plural(n, { other: '#' })})`,
  todo: {
    left: 'They still get in over there. Ask for the account to be closed.',
    unknown: 'Find out who they are, or create an account.',
    missing: 'They have no active account over there. Ask for one, or deactivate theirs here.',
    differs: 'Correct one of the two.',
  } satisfies Record<FindingKind, string>,
  heads: ['Finding', 'There', 'Here', 'Line'],
  nobody: 'Nobody',
  differs: { name: 'name', email: 'email' },
  differ: (what: string) => `Different: ${what}`,
  pages: (from: number, to: number, all: number) => `${from} to ${to} of ${all}`,
  download: 'Download CSV',
  remove: 'Remove the list or remembered columns',
  removeTitle: 'Remove lists and remembered columns',
  removeLead:
    'These are kept for you alone, encrypted. What you remove is gone at once, and no account is changed by it.',
  kept: 'What is kept',
  nothingKept: 'Nothing is kept.',
  list: (file: string) => `The uploaded list ${file}`,
  mapping: {
    compare: (name: string) => `Columns remembered as “${name}”`,
    import: (name: string) => `Columns of Import remembered as “${name}”`,
  },
  removeChosen: 'Remove what is checked',
  back: 'Back to Compare lists',
  fileName: 'comparison.csv',
}

export type CompareWords = typeof en

export const wordsFor = vocabulary<CompareWords>({ en })
