import type { RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { phaseOf } from './rules.ts'

const en = {
  title: 'News',
  lead: 'What everyone reads on their Home page. The five newest are shown there.',
  create: 'Write news',
  onlyRead:
    'You look after the people of some organizations, so you can read the news here but not write them. Ask an administrator.',
  columns: ['Title', 'State', 'Shown from', 'Shown until'],
  nothing: 'No news were written yet.',
  phases: { planned: 'Planned', shown: 'Shown now', over: 'Over' } satisfies Record<
    ReturnType<typeof phaseOf>,
    string
  >,
  noEnd: 'Until you remove it',
  createTitle: 'Write news',
  editTitle: (title: string) => `Edit news: ${title}`,
  removeTitle: (title: string) => `Remove news: ${title}`,
  newsTitle: 'Title',
  text: 'Text',
  textHint:
    'Plain words. Leave a line empty to begin a new paragraph. Write nothing about clients: everyone reads it.',
  from: {
    date: 'Shown from: date',
    time: 'Shown from: time',
    hint: 'Leave date and time empty to show it at once.',
  },
  until: {
    date: 'Shown until: date',
    time: 'Shown until: time',
    hint: 'Leave date and time empty to show it until you remove it.',
  },
  timeHint: (zone: string) => `On the clocks of ${zone}, such as 17:00.`,
  publish: 'Publish',
  save: 'Save',
  edit: 'Edit',
  remove: 'Remove',
  removeAbout: 'It leaves Home at once and cannot be brought back. The audit log keeps the title.',
  back: 'Back to the news',
  changed: 'How it is now',
  did: {
    created: 'The news were saved.',
    edited: 'The news were changed.',
    removed: 'The news were removed.',
  },
  refusals: {
    'news.title-shape': 'Enter a title of up to 120 characters.',
    'news.text-empty': 'Enter the text.',
    'news.text-too-long': 'Make the text shorter: 4,000 characters at most.',
    'news.no-start': 'Enter a date such as 2027-03-01 and a time such as 17:00, or leave both empty.',
    'news.no-end': 'Enter a date such as 2027-03-01 and a time such as 17:00, or leave both empty.',
    'news.end-too-early': 'Choose an end that is after the beginning.',
    'news.changed-meanwhile':
      'Someone else changed or removed this while you looked at it. Nothing was done. Read how it is now, then decide.',
    'news.no-version': 'The form was not whole. Look at the news again, then decide.',
  } satisfies Record<RefusalOf<'news'>, string>,
}

export const wordsFor = vocabulary<typeof en>({ en })
