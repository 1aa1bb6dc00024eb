import type { RefusalOf } from '../../refusals.ts'
import type { GivenBy } from '../../store/schema.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const count = plurals('en-US')

type Args = Readonly<Record<string, unknown>>

const shownKey = (key: unknown): string => (key === '' ? 'none' : String(key))

const shownTies = (places: readonly { readonly name: string }[]): string =>
  places.length === 0
    ? 'for every organization'
    : `only for ${new Intl.ListFormat('en-US').format(places.map(({ name }) => name))}`

/** Said aloud where people are hidden from others, or no longer. */
function hiddenNow(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [before, after].map(
    one => (one as { isVictimService?: boolean }).isVictimService === true,
  )
  if (was === is) return []
  return [is === true ? 'Now a victim service provider' : 'No longer a victim service provider']
}

const en = {
  search: 'Name begins with',
  find: 'Find',
  shown: (text: string) => `Names that begin with "${text}".`,
  all: 'Show all',
  columns: ['Name', 'What it allows', 'People', 'State'],
  nothing: 'No matches. Try fewer letters.',
  open: 'Active',
  retired: 'Retired',
  retiredSince: (when: string) => `Retired since ${when}`,
  name: 'Name',
  allows: 'What it allows',
  allowsHint: 'In plain words. People see it when they choose their settings.',
  key: 'Key for applications',
  keyHint:
    'Applications know it by this key, even when its name changes. Small letters, digits and hyphens. If you change it, applications that use it lose track.',
  noKey: 'None. Applications know it by its ID.',
  givenBy: 'Who may give it',
  givenByHint: 'Applications may let people in by their workgroup, so not everyone should give every one.',
  givers: {
    helpdesk: 'The helpdesk and administrators',
    administrators: 'Administrators only',
  } satisfies Record<GivenBy, string>,
  tiedTo: 'Only for these organizations',
  tiedToHint:
    'People can work in it only while they work in one of these, and only an agent for all of these can give it. If you check none, it goes with every organization. A change takes effect on the next page people open.',
  tiedToNone: 'No, it goes with every organization',
  nothingSaid: 'Nothing entered yet',
  state: 'State',
  made: 'Created',
  edit: 'Edit',
  retire: 'Retire',
  bringBack: 'Bring back',
  save: 'Save',
  willHappen: 'What will happen',
  readOnly: 'Only an administrator can change this.',
  people: 'People',
  peopleColumns: ['Name', 'Username', 'State', 'Last sign-in'],
  membership: 'What they may do here',
  findPeople: 'Open this list in People to filter it',
  nobody: 'It has no people that you can see.',
  never: 'Never',
  full: 'Sign in and edit',
  reading: 'Sign in, read only',
  noSignIn: 'Cannot sign in here',
  switchedOff: 'Not active',
  history: 'Changes',
  historyColumns: ['When', 'What', 'By'],
  noHistory: 'No changes yet.',
  system: 'Lintel',
  changed: 'What has changed since you opened the page',
  nowIs: (name: string, allows: string) => `It is now called ${name}. ${allows}`.trim(),
  cancel: 'Cancel',
  events: {
    edited: ({ name, nameBefore, allowsChanged, key, keyBefore, givenBy, tiedTo }) =>
      [
        name === nameBefore ? undefined : `Renamed from ${String(nameBefore)} to ${String(name)}`,
        allowsChanged === true ? 'What it allows was changed' : undefined,
        key === undefined
          ? undefined
          : `Key for applications changed from ${shownKey(keyBefore)} to ${shownKey(key)}`,
        givenBy === undefined
          ? undefined
          : `Now given by ${givenBy === 'helpdesk' ? 'the helpdesk and administrators' : 'administrators only'}`,
        tiedTo === undefined ? undefined : `Now ${shownTies(tiedTo as readonly { readonly name: string }[])}`,
      ]
        .filter(part => part !== undefined)
        .join('. ') || 'Saved, no changes',
    standing: ({ before, after }) => ['Licenses or standing changed', ...hiddenNow(before, after)].join('. '),
    retired: () => 'Retired',
    'brought-back': () => 'Brought back',
  } as Readonly<Record<string, (args: Args) => string>>,
  created: ({ name }: Args) => `Created as ${String(name)}`,
  refusals: {
    'place.name-shape': 'Enter a name of up to 120 characters.',
    'place.allows-too-long': 'Use at most 600 characters.',
    'place.licenses': 'Enter a whole number, such as 25, or leave it blank.',
    'place.agreement-day': 'Enter a day such as 2026-09-01, or leave it blank.',
    'place.name-taken': 'This name is already used. Capital letters do not matter. Choose another name.',
    'place.key-shape': 'Use 1 to 32 small letters, digits and hyphens, such as harbor-house.',
    'place.key-taken': 'Another one has this key. Choose another key.',
    'place.changed-meanwhile':
      'Someone else changed this while you had it open. Nothing was done. Check what changed, then decide.',
    'place.already-retired': 'It is already retired. There was nothing to do.',
    'place.not-retired': 'It is not retired. There was nothing to do.',
    'place.no-version': 'Some of the form was missing. Check it again, then decide.',
  } satisfies Record<RefusalOf<'place'>, string>,
}

/** Texts that the pages of organizations and workgroups share. */
export const wordsFor = vocabulary<typeof en>({ en })

/** Texts that differ between the two. */
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
    lead: 'The agencies that people work for. People who belong to an organization can choose it when they sign in.',
    create: 'Create organization',
    editTitle: name => `Edit organization: ${name}`,
    retireTitle: name => `Retire organization: ${name}`,
    bringBackTitle: name => `Bring back organization: ${name}`,
    did: {
      created: 'The organization was created.',
      edited: 'The organization was changed.',
      retired: 'The organization was retired.',
      'brought-back': 'The organization is active again.',
    },
    retireEffects: (people, onlyHere) => [
      'Nobody can be added to it, and nobody can choose it when they sign in.',
      people === 0
        ? 'It has no people.'
        : `${count(people, { one: '# person belongs', other: '# people belong' })} to it. They stay in it, but cannot work in it from the next page they open.`,
      onlyHere === 0
        ? 'Everyone in it can still work in another organization.'
        : `${count(onlyHere, { one: '# person has', other: '# people have' })} no other organization. They can still sign in to Home, which tells them who to contact. Add them to another organization first.`,
      'Nothing is deleted. You can bring it back.',
    ],
    bringBackEffects: people => [
      'People can be added to it again, and can choose it when they sign in.',
      `${count(people, { one: '# person belongs to it and', other: '# people belong to it and' })} can work in it from the next page they open.`,
    ],
  },
})
