import { vocabulary } from '../../web/vocabulary.ts'
import type { OpeningVerdict, OpenNow } from './openings.ts'

const or = (list: readonly string[]) => new Intl.ListFormat('en-US', { type: 'disjunction' }).format(list)

const en = {
  applications: 'Applications',
  columns: ['Application', 'Can they open it?', 'Open now'],
  verdict: {
    yes: () => 'Yes.',
    'cannot-sign-in': () => 'No. They cannot sign in now.',
    disabled: () => 'No. It is disabled for everyone.',
    'no-match': forWhom => `No. It is for ${or(forWhom)}.`,
    'not-within-limit': forWhom =>
      forWhom.length === 0
        ? 'Not in your organizations.'
        : `Not in your organizations. It is for ${or(forWhom)}, among others.`,
    'only-as': places => `Only while they work in ${or(places)}. They can change where they work on Home.`,
    'second-step': () => 'Not yet. They must set up 2-step verification first.',
  } satisfies Record<OpeningVerdict, (list: readonly string[]) => string>,
  role: (role: string) => `people with the role ${role}`,
  now: {
    open: (when: string) => `Since ${when}`,
    lasting: (when: string) => `Ended. It may still work until ${when}.`,
    unaware: () => 'Ended here. It may stay open there until it checks again.',
    no: () => 'No',
  } satisfies Record<OpenNow['kind'], (when: string) => string>,
  endAll: 'To close what is open, end their sessions. They must sign in again.',
  end: 'End sessions',
}

export const wordsFor = vocabulary<typeof en>({ en })
