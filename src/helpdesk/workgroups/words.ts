import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { KindWords } from '../organizations/words.ts'

const count = plurals('en-US')

export const workgroupWords = vocabulary<KindWords>({
  en: {
    title: 'Workgroups',
    lead: 'The kinds of work people do. The workgroup they choose when they sign in decides which pages they see.',
    create: 'Create workgroup',
    editTitle: name => `Edit workgroup: ${name}`,
    retireTitle: name => `Retire workgroup: ${name}`,
    bringBackTitle: name => `Bring back workgroup: ${name}`,
    did: {
      created: 'The workgroup was created.',
      edited: 'The workgroup was changed.',
      retired: 'The workgroup was retired.',
      'brought-back': 'The workgroup is active again.',
    },
    retireEffects: (people, onlyHere) => [
      'Nobody can be added to it, and nobody can choose it when they sign in.',
      people === 0
        ? 'It has no people.'
        : `${count(people, { one: '# person belongs', other: '# people belong' })} to it. They stay in it, but cannot use it from the next page they open.`,
      onlyHere === 0
        ? 'Everyone in it has another workgroup.'
        : `${count(onlyHere, { one: '# person has', other: '# people have' })} no other workgroup. They can still sign in to Home, which tells them who to contact. Add them to another workgroup first.`,
      'Nothing is deleted. You can bring it back.',
    ],
    bringBackEffects: people => [
      'People can be added to it again, and can choose it when they sign in.',
      `${count(people, { one: '# person belongs to it and', other: '# people belong to it and' })} can use it from the next page they open.`,
    ],
  },
})
