import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  activity: 'Recent activity',
  activityColumns: ['When', 'What', 'By', 'Address'],
  noActivity: 'Nothing has happened yet.',
  thePerson: 'Account holder',
  system: 'Lintel',
  anotherAgent: 'Helpdesk staff',
  reason: (text: string) => `Reason: ${text}`,
  identified: {
    'call-back': 'called back',
    'in-person': 'in person',
    supervisor: 'through the supervisor',
  } as Readonly<Record<string, string>>,
  identifiedBy: (how: string) => `Identified: ${how}`,
}

export type ActivityWords = typeof en

export const wordsFor = vocabulary<ActivityWords>({ en })
