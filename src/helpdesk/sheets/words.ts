import type { RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const people = (n: number) => (n === 1 ? '1 person' : `${n.toLocaleString('en-US')} people`)

const en = {
  title: 'Sign-in sheets',
  lead: 'People who have never signed in. Give each of them a new temporary password on a sheet of paper, or a link by mail.',
  effects: (hours: number) =>
    `What you give works for ${hours} hours and for one sign-in. A sheet or link from before stops working.`,
  organization: 'Organization',
  anyOrganization: 'All organizations',
  show: 'Show',
  people: 'People',
  nobody: 'Everyone here has signed in.',
  none: 'No password yet',
  temporary: 'Temporary password not used yet',
  over: 'Temporary password too old',
  chooseAll: 'Choose everyone on this page',
  chooseNone: 'Choose nobody',
  identified: 'How do you know that they are who they say?',
  print: 'Make sheets',
  mail: 'Mail links',
  sheetsTitle: 'The sheets are ready',
  sheetsFor: (n: number) => `Sheets for ${people(n)}`,
  once: 'Print them now. They are shown only here, only once.',
  mailedTitle: 'The links are on their way',
  mailed: (n: number) => `A mail with a link goes to ${people(n)}.`,
  leftOut: (n: number) =>
    `Nothing was done for ${people(n)}: their accounts changed meanwhile. Look at the list again.`,
  barred: 'These people cannot sign in yet',
  back: 'Back to the list',
  printAll: 'Print all sheets',
  refusals: {
    'sheets.nobody': 'Choose at least one person.',
    'sheets.too-many': 'Choose 50 people at most.',
    'sheets.too-often':
      'Nothing was done. You did this 10 times in a short time, and the administrators were told. Wait ten minutes, then go on.',
  } satisfies Record<RefusalOf<'sheets'>, string>,
}

export type SheetsWords = typeof en

export const wordsFor = vocabulary<SheetsWords>({ en })
