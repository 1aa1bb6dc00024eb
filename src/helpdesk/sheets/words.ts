import type { RefusalOf } from '../../refusals.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const count = plurals('en-US')
const people = (n: number) => count(n, { one: '# person', other: '# people' })

const en = {
  title: 'Sign-in sheets',
  lead: 'People who have never signed in. Give each person a new temporary password on a printed sheet, or email them a link.',
  effects: (hours: number) =>
    `It works for ${hours} hours and for one sign-in. Any earlier sheet or link stops working.`,
  organization: 'Organization',
  anyOrganization: 'All organizations',
  show: 'Show',
  people: 'People',
  nobody: 'Everyone here has signed in.',
  noEmail: 'no email address',
  none: 'No password yet',
  temporary: 'Temporary password not used yet',
  over: 'Temporary password expired',
  chooseAll: 'Select everyone on this page',
  chooseNone: 'Clear selection',
  print: 'Create sheets',
  mail: 'Email links',
  sheetsTitle: 'The sheets are ready',
  sheetsFor: (n: number) => `Sheets for ${people(n)}`,
  once: 'Print them now. You will not be able to see them again.',
  mailedTitle: 'The links are on their way',
  mailed: (n: number) => `We are emailing a link to ${people(n)}.`,
  leftOut: (n: number) =>
    `Nothing was done for ${people(n)}: their accounts have changed since, or they have no email address. Check the list again.`,
  barred: 'These people cannot sign in yet',
  back: 'Back to the list',
  printAll: 'Print all sheets',
  refusals: {
    'sheets.nobody': 'Choose at least one person.',
    'sheets.too-many': 'Choose at most 50 people.',
    'sheets.too-often':
      'Nothing was done. You did this 10 times in a short time, and the administrators were told. Wait ten minutes, then continue.',
  } satisfies Record<RefusalOf<'sheets'>, string>,
}

type SheetsWords = typeof en

export const wordsFor = vocabulary<SheetsWords>({ en })
