import type { TrainingState } from '../store/schema.ts'
import { vocabulary } from '../web/vocabulary.ts'
import type { Doubt } from './rules.ts'

const en = {
  states: {
    unknown: 'Not known yet',
    finished: 'Finished',
    'not-finished': 'Not finished',
    lapsed: 'Has to be done again',
  } satisfies Record<TrainingState, string>,
  finished: (day: string) =>
    day === '' ? 'Moodle says: training finished.' : `Moodle says: training finished on ${day}.`,
  notFinished: 'Moodle says: training not finished.',
  doubts: {
    'no-moodle': 'No Moodle is set up, so Lintel cannot tell whether training is finished.',
    unreachable:
      'Moodle does not answer, so Lintel cannot tell whether training is finished. Try again later.',
    unreadable: 'Moodle gave an answer that cannot be read. Tell whoever looks after Lintel.',
    'not-allowed':
      'Moodle does not let Lintel look at the course. Tell whoever looks after Lintel: the token or its rights are not right.',
    maintenance: 'Moodle is being repaired. Try again later.',
    nobody: 'Nobody in Moodle has this e-mail address. They may use another one there.',
    several: 'More than one person has this e-mail address, so Lintel cannot tell who is meant.',
    'not-enrolled': 'They are in Moodle, but not enrolled in the course.',
    'not-visible': 'They are in Moodle, in a group that Lintel may not see.',
    'no-criteria': 'The course in Moodle has no rule that says when it is finished.',
    'not-worked-out':
      'They have done everything, but Moodle has not marked the course as finished yet. Try again in an hour.',
    other: 'Moodle could not say whether training is finished.',
  } satisfies Record<Doubt, string>,
}

export type TrainingWords = typeof en

export const wordsFor = vocabulary<TrainingWords>({ en })
