import type { RefusalOf } from '../refusals.ts'

export const words = {
  title: 'Terms of Agreement',
  lead: 'Read these terms. To continue, accept them. If you decline, you will be signed out and nothing will be changed.',
  version: (number: number, date: string) => `Version ${number}, in force from ${date}`,
  accepted: 'Terms you accepted',
  acceptedOn: (when: string) => `You accepted this version on ${when}.`,
  nothingAccepted: 'You have not been asked to accept any terms yet.',
  print: 'Print',
  accept: 'Accept',
  decline: 'Decline',
  statements: {
    privacy: {
      title: 'Privacy notice',
      paragraphs: (site: string, helpdesk: string) => [
        `To let you sign in, ${site} keeps your name, username, email address, how you are reached at work, and your organizations and workgroups.`,
        'It records when you sign in, from which network address and browser, and what is changed on your account. Your helpdesk uses these records to protect accounts and to answer audits.',
        'Your password and your answer to the security question are kept so that nobody can read them.',
        'These pages set only the cookies that signing in needs. They do not follow you, and they load nothing from other sites.',
        `To see or correct what is kept about you, contact ${helpdesk}.`,
      ],
    },
    accessibility: {
      title: 'Accessibility',
      paragraphs: (site: string, helpdesk: string) => [
        `Everyone should be able to sign in to ${site}. These pages are built to meet the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA.`,
        'They work with a keyboard alone, with screen readers, at 400% zoom, in high contrast and without JavaScript.',
        `If something keeps you out, contact ${helpdesk}. They can help you sign in another way.`,
      ],
    },
  },
  refusals: {
    'terms.moved': () =>
      'The terms changed while you were reading. This is the new version: read it, then choose.',
    'terms.no-choice': () => 'Choose Accept or Decline.',
  } satisfies Record<RefusalOf<'terms'>, () => string>,
}

export type TermsWords = typeof words
