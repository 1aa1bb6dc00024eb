import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Links on Home',
  lead: 'Guides, request forms and other sites that need no sign-in from Lintel. Everyone sees them.',
  columns: ['Name', 'What it is for', 'Address'],
  nothing: 'No links yet.',
  add: 'Add a link',
  editTitle: (name: string) => `Edit link: ${name}`,
  name: 'Name',
  address: 'Address',
  purpose: 'What it is for',
  purposeHint: 'One line, or leave it blank.',
  save: 'Save',
  remove: 'Remove from Home',
  back: 'Back to applications',
  did: { added: 'The link is on Home.', changed: 'The link was changed.', removed: 'The link was removed.' },
}

export const wordsFor = vocabulary<typeof en>({ en })
