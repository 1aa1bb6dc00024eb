import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Which column is which?',
  lead: (file: string) => `Choose the columns of ${file} that say who somebody is. The others are not read.`,
  notThere: 'Not in the list',
  samples: 'What the columns contain',
  sampleHeads: ['Column', 'First person', 'Second person', 'Third person'],
  remember: 'Remember these columns as',
  rememberHint:
    'Such as the name of the other system. Lists with the same columns are then read without asking.',
}

type ColumnsWords = typeof en

/** Texts of the page that asks which column is which. */
export const wordsFor = vocabulary<ColumnsWords>({ en })
