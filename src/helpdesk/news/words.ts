import type { RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { phaseOf } from './rules.ts'

const en = {
  title: 'News',
  lead: 'What everyone sees on Home. Home shows the five newest items.',
  create: 'Write news',
  onlyRead:
    'You look after only some organizations, so you can read the news here but not write it. Ask an administrator.',
  columns: ['Title', 'State', 'Shown from', 'Shown until'],
  nothing: 'No news yet.',
  phases: { planned: 'Planned', shown: 'Shown now', over: 'Ended' } satisfies Record<
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
    'Plain text. Leave a blank line between paragraphs. Do not include client information: everyone can read it.',
  from: {
    date: 'Shown from: date',
    time: 'Shown from: time',
    clock: 'Shown from: which of the two',
    hint: 'Leave date and time blank to show it right away.',
  },
  until: {
    date: 'Shown until: date',
    time: 'Shown until: time',
    clock: 'Shown until: which of the two',
    hint: 'Leave date and time blank to show it until you remove it.',
  },
  publish: 'Publish',
  save: 'Save',
  edit: 'Edit',
  remove: 'Remove',
  removeAbout: 'It is removed from Home right away and cannot be restored. The audit log keeps the title.',
  back: 'Back to the news',
  changed: 'Current version',
  did: {
    created: 'News saved.',
    edited: 'News updated.',
    removed: 'News removed.',
  },
  refusals: {
    'news.title-shape': 'Enter a title of up to 120 characters.',
    'news.text-empty': 'Enter the text.',
    'news.text-too-long': 'Use at most 4,000 characters.',
    'news.no-start': 'Enter a date such as 2027-03-01 and a time such as 17:00, or leave both blank.',
    'news.no-end': 'Enter a date such as 2027-03-01 and a time such as 17:00, or leave both blank.',
    'news.end-too-early': 'Choose an end that is after the start.',
    'news.two-moments': 'The clocks go back that night and show this time twice. Choose which one you mean.',
    'news.changed-meanwhile':
      'Someone else changed or removed this while you had it open. Nothing was done. Check the current version, then decide.',
    'news.no-version': 'Some of the form was missing. Check the news again, then decide.',
  } satisfies Record<RefusalOf<'news'>, string>,
}

export const wordsFor = vocabulary<typeof en>({ en })
