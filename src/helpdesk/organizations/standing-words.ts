import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: (name: string) => `Licenses and standing: ${name}`,
  change: 'Licenses and standing',
  licenses: 'Licenses bought',
  licensesHint: 'How many active people it has paid for. Leave it blank if nobody counts.',
  licensesNow: ({ bought, used, left }: Readonly<Record<'bought' | 'used' | 'left', number>>) =>
    left < 0
      ? `${bought} bought, ${used} used, ${-left} too many`
      : `${bought} bought, ${used} used, ${left} left`,
  notCounted: 'Not counted',
  agreement: 'Agreement signed on',
  billing: 'Contact and billing note',
  billingHint: 'Who to ask, and what to know for the bill. No client information.',
  unknown: 'Not entered',
  victimService: 'Victim service provider',
  victimServiceHint:
    'Its people are shown to no contact and no limited agent of another organization, even when they belong to that organization too, and are in no list or count given to them.',
  isOne: 'Yes: its people are hidden from contacts and limited agents of other organizations',
  isNone: 'No',
  save: 'Save',
}

export const wordsFor = vocabulary<typeof en>({ en })
