import type { Bar } from '../../account/rules.ts'
import type { VerbCode } from './act.ts'
import type { PublishCode } from './terms.ts'

/** Why a verb was refused and what to do next; the same in the console and on the command line. */
export const verbWords = {
  refusals: {
    'account.not-there': 'There is no such account. Check the username.',
    'account.not-yours': 'Only an administrator can do this to this account. Ask one.',
    'account.changed-meanwhile':
      'Someone else changed this account while you looked at it. Nothing was done. Look at it again, then decide.',
    'account.last-administrator': 'This is the last active administrator. Make another administrator first.',
    'account.already-deactivated': 'This account is already deactivated.',
    'account.already-active': 'This account is already active. Nothing had to be done.',
    'account.time-past': 'That time has passed. Choose a later one.',
    'account.two-step-off': '2-step verification is not on for this account.',
    'account.question-not-set': 'This account has no security question.',
    'account.same-role': 'This account already has that role.',
    'account.username-taken': 'Another account has this username. Choose another.',
    'account.username-shape':
      'A username has up to 64 signs: a to z, 0 to 9, and points, hyphens or underscores between them.',
    'account.name-shape': 'Enter a name of up to 80 characters.',
    'account.email-shape': 'Enter an e-mail address like name@example.org.',
    'account.no-such-organization': 'There is no such organization. Choose one from the list.',
    'account.no-such-workgroup': 'There is no such workgroup. Choose one from the list.',
  } satisfies Record<VerbCode, string>,
  bars: {
    deactivated: 'The account is deactivated. Reactivate it before the person can sign in.',
    left: 'The date on which the person was to leave has passed. Reactivate the account before they can sign in.',
    suspended: 'The account is suspended. Reactivate it, or wait for the suspension to end.',
    dormant: 'The account is dormant. Reactivate it before the person can sign in.',
    'training-lapsed': 'The training has lapsed. The person must finish it before they can sign in.',
    blocked: 'The account is locked down. Issue a temporary password before the person can sign in.',
  } satisfies Record<Bar, string>,
} as const

/** Why a text was not published. */
export const publishWords = {
  refusals: {
    'publish.empty': 'The text is empty. Nothing was published.',
    'publish.unchanged': 'This is the text of the newest version, word for word. Nothing was published.',
    'publish.past': 'Terms cannot hold from a time that has passed. Choose a later one.',
  } satisfies Record<PublishCode, string>,
} as const
