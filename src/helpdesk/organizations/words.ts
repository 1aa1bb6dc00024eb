import type { RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

type Args = Readonly<Record<string, unknown>>

const en = {
  search: 'Name begins with',
  find: 'Find',
  shown: (text: string) => `Names that begin with "${text}".`,
  all: 'Show all',
  columns: ['Name', 'What it allows', 'People', 'State'],
  nothing: 'None was found. Try fewer letters.',
  open: 'Open',
  retired: 'Retired',
  retiredSince: (when: string) => `Retired since ${when}`,
  name: 'Name',
  allows: 'What it allows',
  allowsHint: 'In plain words. People read it where they choose their settings.',
  nothingSaid: 'Nothing was written yet',
  state: 'State',
  made: 'Made on',
  edit: 'Edit',
  retire: 'Retire',
  bringBack: 'Bring back',
  save: 'Save',
  willHappen: 'What will happen',
  readOnly: 'Only an administrator can change this.',
  people: 'People',
  peopleColumns: ['Name', 'Username', 'State', 'Last sign-in'],
  membership: 'What they may do here',
  findPeople: 'Open this list under People, to filter it',
  nobody: 'Nobody that you can see is in it.',
  never: 'Never',
  full: 'Sign in and edit',
  reading: 'Sign in, reading only',
  noSignIn: 'Not sign in as it',
  switchedOff: 'Switched off',
  history: 'What changed',
  historyColumns: ['When', 'What', 'By'],
  noHistory: 'Nothing since the first start.',
  system: 'Lintel',
  changed: 'What changed since you opened the page',
  nowIs: (name: string, allows: string) => `It is now called ${name}. ${allows}`.trim(),
  cancel: 'Back without a change',
  events: {
    edited: ({ name, nameBefore, allowsChanged }) =>
      [
        name === nameBefore ? undefined : `Renamed from ${String(nameBefore)} to ${String(name)}`,
        allowsChanged === true ? 'What it allows was rewritten' : undefined,
      ]
        .filter(part => part !== undefined)
        .join('. ') || 'Saved without a change',
    retired: () => 'Retired',
    'brought-back': () => 'Brought back',
  } as Readonly<Record<string, (args: Args) => string>>,
  created: ({ name }: Args) => `Made, with the name ${String(name)}`,
  refusals: {
    'place.name-shape': 'Enter a name of up to 120 characters, without signs that cannot be seen.',
    'place.allows-too-long': 'Make it shorter: 600 characters at most, without signs that cannot be seen.',
    'place.name-taken':
      'There is one with this name already. Capitals make no difference. Choose another name.',
    'place.changed-meanwhile':
      'Someone else changed this while you looked at it. Nothing was done. Read what changed, then decide.',
    'place.already-retired': 'It is retired already. Nothing had to be done.',
    'place.not-retired': 'It is not retired. Nothing had to be done.',
    'place.no-version': 'The form was not whole. Look at it again, then decide.',
  } satisfies Record<RefusalOf<'place'>, string>,
}

/** What the pages of organizations and of workgroups say alike. */
export const wordsFor = vocabulary<typeof en>({ en })

/** What they say of the one or the other. */
export interface KindWords {
  readonly title: string
  readonly lead: string
  readonly create: string
  readonly editTitle: (name: string) => string
  readonly retireTitle: (name: string) => string
  readonly bringBackTitle: (name: string) => string
  readonly did: Readonly<Record<'created' | 'edited' | 'retired' | 'brought-back', string>>
  readonly retireEffects: (people: number, onlyHere: number) => readonly string[]
  readonly bringBackEffects: (people: number) => readonly string[]
}

export const organizationWords = vocabulary<KindWords>({
  en: {
    title: 'Organizations',
    lead: 'The agencies that people work for. Whoever belongs to one can choose it when they sign in.',
    create: 'Create organization',
    editTitle: name => `Edit organization: ${name}`,
    retireTitle: name => `Retire organization: ${name}`,
    bringBackTitle: name => `Bring back organization: ${name}`,
    did: {
      created: 'The organization was made.',
      edited: 'The organization was changed.',
      retired: 'The organization was retired.',
      'brought-back': 'The organization is open again.',
    },
    retireEffects: (people, onlyHere) => [
      'It cannot be given to anyone, and nobody can choose it when they sign in.',
      people === 0
        ? 'Nobody is in it.'
        : `${people === 1 ? '1 person is' : `${people} people are`} in it. They stay in it, but cannot work in it from the next page that they open.`,
      onlyHere === 0
        ? 'Everyone in it can still work in another organization.'
        : `${onlyHere === 1 ? '1 person has' : `${onlyHere} people have`} no other organization. They can still sign in and reach Home, which tells them whom to call. Give them another organization first.`,
      'Nothing is deleted. You can bring it back.',
    ],
    bringBackEffects: people => [
      'It can be given to people again, and chosen when they sign in.',
      people === 1
        ? 'The 1 person who is in it can work in it from the next page that they open.'
        : `The ${people} people who are in it can work in it from the next page that they open.`,
    ],
  },
})
