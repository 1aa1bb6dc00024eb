import { vocabulary } from '../../web/vocabulary.ts'
import { shareOf, type VersionState } from './rules.ts'
import type { Progress } from './store.ts'

const number = (value: number): string => value.toLocaleString('en-US')

const en = {
  title: 'Terms',
  lead: 'The terms of agreement, version by version. A version that was published never changes: to change the terms, publish a new version.',
  nowTitle: 'What holds now',
  none: 'No version holds yet. Nobody is asked to accept anything.',
  holdsNow: (version: number, when: string) => `Version ${version} holds since ${when}.`,
  progress: ({ accepted, active }: Progress) =>
    `${number(accepted)} of ${number(active)} active people accepted it (${shareOf(accepted, active)} %).`,
  yearly: 'An acceptance counts for one year.',
  planned: (version: number, when: string) => `Version ${version} takes its place on ${when}.`,
  drafts: 'Drafts',
  draftsLead: 'A draft is seen by administrators only.',
  draftColumns: ['Begins with', 'Last changed', 'By'],
  noDrafts: 'There is no draft.',
  newDraft: 'New draft',
  versions: 'Versions',
  versionColumns: ['Version', 'State', 'Holds from', 'Accepted by', 'SHA-256'],
  version: (value: number) => `Version ${value}`,
  states: { holds: 'Holds now', planned: 'Planned', over: 'Over', cancelled: 'Cancelled' } satisfies Record<
    VersionState,
    string
  >,
  people: (count: number) => (count === 1 ? '1 person' : `${number(count)} people`),
  older: 'Older versions',
  reports: 'Reports to download',
  someone: 'Lintel',

  draftTitle: 'Draft of the terms',
  newTitle: 'New draft of the terms',
  saved: 'The draft was saved. Nobody is asked to accept it yet.',
  text: 'Text',
  textHint:
    'Plain text. A line that begins with # and a blank is a heading. Lines that begin with a hyphen and a blank are a list. An empty line ends a paragraph.',
  save: 'Save draft',
  preview: 'Preview',
  toPublish: 'Publish this draft',
  savedFirst: 'Preview and Publish show the draft as it was saved last.',
  deleteHeading: 'Delete this draft',
  deleteLead: 'The text is gone for good. Published versions stay.',
  delete: 'Delete draft',
  deleted: 'The draft was deleted.',
  otherText: 'The text as it is saved now',
  otherBy: (name: string, when: string) => `Saved by ${name}, ${when}`,
  back: 'Back to the terms',
  backToDraft: 'Back to the draft',
  backToVersion: (value: number) => `Back to version ${value}`,

  previewNotice: 'This is a preview: people see the page like this. Nothing can be accepted here.',
  previewEnd: 'Here people choose Accept or Decline.',

  publishTitle: 'Publish the terms',
  publishLead: 'From when must everybody accept this text?',
  date: 'Date',
  dateHint: 'Year, month and day, such as 2027-03-01.',
  time: 'Time',
  timeHint: (zone: string) =>
    `On the clocks of ${zone}, such as 06:00. Choose a quiet hour: whoever is working is asked at the next page they open.`,
  next: 'Continue',
  checkTitle: 'Check before you publish',
  willHappen: 'What will happen',
  effects: (version: number, when: string, active: number) => [
    `From ${when} this text holds as version ${version}.`,
    `${active === 1 ? '1 active person is' : `${number(active)} active people are`} asked to accept it: at the next page they open if they are inside, else when they sign in. You are one of them.`,
    'Whoever declines is signed out and is asked again at the next sign-in.',
    'Until then you can cancel it. After that it can only be replaced by a new version.',
  ],
  holdsFrom: 'Holds from',
  hash: 'SHA-256 of the text',
  length: 'Length',
  words: (count: number) => `${number(count)} words`,
  publish: 'Publish',
  published: 'The version was published.',

  state: 'State',
  publishedBy: 'Published',
  byOn: (name: string, when: string) => `${when}, by ${name}`,
  cancelledOn: (when: string) => `Cancelled on ${when}, before it held`,
  acceptedBy: 'Accepted by',
  showText: 'Show the text',
  draftFrom: 'New draft from this text',
  cancelTitle: (value: number) => `Cancel version ${value}`,
  cancelLink: 'Cancel this version',
  cancelEffects: (value: number) => [
    `Version ${value} never holds, and nobody is asked to accept it.`,
    'Its text and its number stay in this list. You can make a new draft from the text.',
  ],
  reason: 'Reason (may stay empty)',
  reasonHint: 'One sentence. It is kept in the audit log.',
  cancel: 'Cancel this version',
  cancelled: 'The version was cancelled.',
  keep: 'Back, keep it',

  whoAccepted: 'Who accepted',
  whoMissing: 'Who has not accepted yet',
  accepted: 'Accepted',
  missing: 'Not accepted yet',
  show: 'Show',
  search: 'Search',
  searchHint: 'The beginning of any word of a name, username or e-mail address.',
  find: 'Find',
  acceptedColumns: ['Person', 'Username', 'Accepted', 'Address', 'SHA-256'],
  missingColumns: ['Person', 'Username', 'E-mail', 'Last sign-in'],
  never: 'Never',
  expired: 'Older than a year',
  nobodyAccepted: 'Nobody is on this list.',
  nobodyMissing: 'Nobody is on this list.',
}

export type TermsWords = typeof en

export const wordsFor = vocabulary<TermsWords>({ en })
