import type { Role } from '../../store/schema.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  searchEverywhere: 'Search everywhere',
  searchHint: 'Name, email, organization',
  go: 'Go',
  pages: {
    start: 'Front page',
    people: 'People',
    requests: 'Requests',
    renewals: 'Renewals',
    reviews: 'Reviews',
    create: 'Create account',
    sheets: 'Sign-in sheets',
    import: 'Import',
    compare: 'Compare lists',
    organizations: 'Organizations',
    workgroups: 'Workgroups',
    applications: 'Applications',
    news: 'News',
    terms: 'Terms',
    policy: 'Policy',
    training: 'Training',
    audit: 'Audit',
    reports: 'Reports',
  },
  roles: { user: 'User', helpdesk: 'Helpdesk', administrator: 'Administrator' } satisfies Record<
    Role,
    string
  >,
  none: 'None',
  reason: 'Reason',
  reasonForAll:
    'One sentence for all of them. It is kept in the audit log. Do not include client information.',
  ticket: 'Ticket number (optional)',
  ticketHint: 'It is kept with the reason.',
  clock: 'Which of the two',
  lookAgain: 'Refresh',
  refreshes: (seconds: number) =>
    `This page refreshes every ${seconds} seconds. You can leave and come back.`,
  refreshStop: 'Stop refreshing',
  refreshStopped: 'This page does not refresh. Refresh it whenever you like.',
  refreshOn: 'Refresh automatically',
}

type ConsoleWords = typeof en

/** Words that several pages of the console share. */
export const wordsFor = vocabulary<ConsoleWords>({ en })
