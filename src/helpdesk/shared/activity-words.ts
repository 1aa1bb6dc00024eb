import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const plural = plurals('en-US')

const en = {
  activity: 'Recent activity',
  activityColumns: ['When', 'What', 'By', 'Address'],
  earlier: (lines: number) => plural(lines, { one: '# earlier line', other: '# earlier lines' }),
  times: (times: number) => `(${times} times)`,
  noActivity: 'Nothing has happened yet.',
  thePerson: 'Account holder',
  notSignedIn: 'Not signed in',
  system: 'Lintel',
  anotherAgent: 'Helpdesk staff',
  reason: (text: string) => `Reason: ${text}`,
  identified: {
    'call-back': 'called back',
    'in-person': 'in person',
    supervisor: 'through the supervisor',
    'written-list': 'a list from the agency',
  } as Readonly<Record<string, string>>,
  identifiedBy: (how: string) => `Identified: ${how}`,
}

export type ActivityWords = typeof en

export const wordsFor = vocabulary<ActivityWords>({ en })
