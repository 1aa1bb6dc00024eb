import type { RefusalOf } from '../refusals.ts'

export const words = {
  title: 'Terms of Agreement',
  lead: 'Read these terms. To go on, accept them. If you decline, you are signed out and nothing is changed.',
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
