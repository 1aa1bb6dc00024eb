import type { Role } from '../store/schema.ts'
import { vocabulary } from '../web/vocabulary.ts'

const en = {
  places: {
    start: 'Front page',
    people: 'People',
    create: 'Create account',
    sheets: 'Sign-in sheets',
    import: 'Import',
    organizations: 'Organizations',
    workgroups: 'Workgroups',
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
}

export type ConsoleWords = typeof en

/** Words that several pages of the console share. */
export const wordsFor = vocabulary<ConsoleWords>({ en })
