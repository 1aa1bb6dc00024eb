import type { RefusalOf } from '../refusals.ts'

export const words = {
  title: 'Terms of Agreement',
  lead: 'Read these terms. To continue, accept them. If you decline, you will be signed out and nothing will be changed.',
  version: (number: number, date: string) => `Version ${number}, in force from ${date}`,
  accept: 'Accept',
  decline: 'Decline',
  refusals: {
    'terms.moved': () =>
      'The terms changed while you were reading. This is the new version: read it, then choose.',
    'terms.no-choice': () => 'Choose Accept or Decline.',
  } satisfies Record<RefusalOf<'terms'>, () => string>,
}

export type TermsWords = typeof words
