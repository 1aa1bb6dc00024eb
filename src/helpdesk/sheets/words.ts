import type { RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Sign-in sheets',
  refusals: {
    'sheets.nobody': 'Choose at least one person.',
  } satisfies Record<RefusalOf<'sheets'>, string>,
}

export type SheetsWords = typeof en

export const wordsFor = vocabulary<SheetsWords>({ en })
