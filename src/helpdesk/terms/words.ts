import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import { shareOf, type VersionState } from './rules.ts'
import type { Progress } from './store.ts'

const count = plurals('en-US')
const number = (value: number): string => count(value, { other: '#' })

const en = {
  title: 'Terms',
  lead: 'The Terms of Agreement, by version. A published version never changes. To change the terms, publish a new version.',
  nowTitle: 'Current version',
  none: 'No version is in force yet. Nobody is asked to accept anything.',
  holdsNow: (version: number, when: string) => `Version ${version} has been in force since ${when}.`,
  progress: ({ accepted, active }: Progress) =>
    `${number(accepted)} of ${number(active)} active people have accepted it (${shareOf(accepted, active)}%).`,
  yearly: 'An acceptance counts for one year.',
  planned: (version: number, when: string) => `Version ${version} takes effect on ${when}.`,
  drafts: 'Drafts',
  draftsLead: 'Only administrators can see drafts.',
  draftColumns: ['Begins with', 'Last changed', 'By'],
  noDrafts: 'No drafts.',
  newDraft: 'New draft',
  versions: 'Versions',
  versionColumns: ['Version', 'State', 'Effective', 'Accepted by', 'SHA-256'],
  version: (value: number) => `Version ${value}`,
  states: {
    holds: 'In force',
    planned: 'Planned',
    over: 'Superseded',
    cancelled: 'Canceled',
  } satisfies Record<VersionState, string>,
  people: (people: number) => count(people, { one: '# person', other: '# people' }),
  older: 'Older versions',
  reports: 'Reports to download',
  someone: 'Lintel',

  draftTitle: 'Draft of the terms',
  newTitle: 'New draft of the terms',
  saved: 'The draft was saved. Nobody is asked to accept it yet.',
  text: 'Text',
  textHint:
    'Plain text. A line that starts with # and a space is a heading. Lines that start with a hyphen and a space are a list. Leave a blank line between paragraphs.',
  save: 'Save draft',
  preview: 'Preview',
  toPublish: 'Publish this draft',
  savedFirst: 'Preview and Publish use the last saved draft.',
  deleteHeading: 'Delete this draft',
  deleteLead: 'The text is deleted permanently. Published versions stay.',
  delete: 'Delete draft',
  deleted: 'The draft was deleted.',
  otherText: 'The text that is saved now',
  otherBy: (name: string, when: string) => `Saved by ${name}, ${when}`,
  back: 'Back to the terms',
  backToDraft: 'Back to the draft',
  backToVersion: (value: number) => `Back to version ${value}`,

  previewNotice: 'This is a preview of what people will see. You cannot accept the terms here.',
  previewEnd: 'Here people choose Accept or Decline.',

  publishTitle: 'Publish the terms',
  publishLead: 'When does this version take effect?',
  date: 'Date',
  time: 'Time',
  timeHint: (zone: string) =>
    `${zone}. Choose a quiet hour: people who are working are asked on the next page they open.`,
  next: 'Continue',
  checkTitle: 'Check before you publish',
  willHappen: 'What will happen',
  effects: (version: number, when: string, active: number) => [
    `Starting ${when}, this text is in force as version ${version}.`,
    `${count(active, { one: '# active person is', other: '# active people are' })} asked to accept it: on their next page if signed in, otherwise at their next sign-in. You are one of them.`,
    'People who decline are signed out and asked again at their next sign-in.',
    'You can cancel it until then. After that, only a new version can replace it.',
  ],
  holdsFrom: 'Effective',
  hash: 'SHA-256 of the text',
  length: 'Length',
  words: (words: number) => count(words, { one: '# word', other: '# words' }),
  publish: 'Publish',
  published: 'The version was published.',

  state: 'State',
  publishedBy: 'Published',
  byOn: (name: string, when: string) => `${when}, by ${name}`,
  cancelledOn: (when: string) => `Canceled on ${when}, before it took effect`,
  acceptedBy: 'Accepted by',
  showText: 'Show the text',
  draftFrom: 'New draft from this text',
  cancelTitle: (value: number) => `Cancel version ${value}`,
  cancelLink: 'Cancel this version',
  cancelEffects: (value: number) => [
    `Version ${value} will never take effect, and nobody is asked to accept it.`,
    'Its text and number stay in this list. You can start a new draft from the text.',
  ],
  reason: 'Reason (optional)',
  reasonHint: 'One sentence. It is kept in the audit log.',
  cancel: 'Cancel this version',
  cancelled: 'The version was canceled.',
  keep: 'Keep this version',

  whoAccepted: 'Who accepted',
  whoMissing: 'Who has not accepted yet',
  accepted: 'Accepted',
  missing: 'Not accepted yet',
  show: 'Show',
  search: 'Search',
  searchHint: 'The beginning of any word of a name, username or email address.',
  find: 'Find',
  acceptedColumns: ['Person', 'Username', 'Accepted', 'Address', 'SHA-256'],
  missingColumns: ['Person', 'Username', 'Email', 'Last sign-in'],
  never: 'Never',
  expired: 'Accepted over a year ago',
  nobodyAccepted: 'Nobody.',
  nobodyMissing: 'Nobody.',
}

export type TermsWords = typeof en

export const wordsFor = vocabulary<TermsWords>({ en })
