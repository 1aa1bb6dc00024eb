import type { Role } from '../store/schema.ts'
import { vocabulary } from '../web/vocabulary.ts'

const en = {
  places: { start: 'Front page', people: 'People', create: 'Create account', policy: 'Policy' },
  roles: { user: 'User', helpdesk: 'Helpdesk', administrator: 'Administrator' } satisfies Record<
    Role,
    string
  >,
  none: 'None',
}

export type ConsoleWords = typeof en

/** Words that several pages of the console share. */
export const wordsFor = vocabulary<ConsoleWords>({ en })
