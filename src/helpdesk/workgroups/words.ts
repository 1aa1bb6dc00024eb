import { vocabulary } from '../../web/vocabulary.ts'
import type { KindWords } from '../organizations/words.ts'

export const workgroupWords = vocabulary<KindWords>({
  en: {
    title: 'Workgroups',
    lead: 'What kind of work people do. The workgroup that they choose when they sign in decides which pages they see.',
    create: 'Create workgroup',
    editTitle: name => `Edit workgroup: ${name}`,
    retireTitle: name => `Retire workgroup: ${name}`,
    bringBackTitle: name => `Bring back workgroup: ${name}`,
    did: {
      created: 'The workgroup was made.',
      edited: 'The workgroup was changed.',
      retired: 'The workgroup was retired.',
      'brought-back': 'The workgroup is open again.',
    },
    retireEffects: (people, onlyHere) => [
      'It cannot be given to anyone, and nobody can choose it when they sign in.',
      people === 0
        ? 'Nobody is in it.'
        : `${people === 1 ? '1 person is' : `${people} people are`} in it. They stay in it, but cannot use it from the next page that they open.`,
      onlyHere === 0
        ? 'Everyone in it has another workgroup.'
        : `${onlyHere === 1 ? '1 person has' : `${onlyHere} people have`} no other workgroup. They can still sign in and reach Home, which tells them whom to call. Give them another workgroup first.`,
      'Nothing is deleted. You can bring it back.',
    ],
    bringBackEffects: people => [
      'It can be given to people again, and chosen when they sign in.',
      people === 1
        ? 'The 1 person who is in it can use it from the next page that they open.'
        : `The ${people} people who are in it can use it from the next page that they open.`,
    ],
  },
})
