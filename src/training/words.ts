import type { TrainingState } from '../store/schema.ts'
import { vocabulary } from '../web/vocabulary.ts'
import type { Doubt } from './rules.ts'

const en = {
  states: {
    unknown: 'Not known yet',
    finished: 'Finished',
    'not-finished': 'Not finished',
    lapsed: 'Expired',
  } satisfies Record<TrainingState, string>,
  finished: (day: string) =>
    day === '' ? 'Moodle shows training finished.' : `Moodle shows training finished on ${day}.`,
  notFinished: 'Moodle shows training not finished.',
  doubts: {
    'no-moodle': 'Moodle is not set up, so Lintel cannot tell whether training is finished.',
    'none-asked': 'There is no course for their workgroups, so there is no training to finish.',
    unreachable:
      'Moodle is not responding, so Lintel cannot tell whether training is finished. Try again later.',
    unreadable: 'Moodle gave an answer that Lintel cannot read. Tell the person who runs Lintel.',
    'not-allowed':
      'Moodle does not let Lintel see the course. Tell the person who runs Lintel that the token or its permissions are wrong.',
    maintenance: 'Moodle is down for maintenance. Try again later.',
    nobody: 'Nobody in Moodle has this email address. They may use a different one there.',
    several: 'More than one person in Moodle has this email address, so Lintel cannot tell which one it is.',
    'not-enrolled': 'They are in Moodle, but not enrolled in the course.',
    'not-visible': 'They are in Moodle, in a group that Lintel cannot see.',
    'no-criteria': 'The course in Moodle has no completion rule.',
    'not-worked-out':
      'They have completed everything, but Moodle has not marked the course as finished yet. Try again in an hour.',
    other: 'Moodle could not tell whether training is finished.',
  } satisfies Record<Doubt, string>,
}

type TrainingWords = typeof en

export const wordsFor = vocabulary<TrainingWords>({ en })
