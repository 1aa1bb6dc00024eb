import type { Bar } from '../account/rules.ts'
import type { PublishCode } from '../terms/rules.ts'
import type { VerbCode } from './act.ts'

/** Why a verb was refused and what to do next; the same in the console and on the command line. */
export const verbWords = {
  refusals: {
    'account.not-there': 'There is no such account. Check the username.',
    'account.not-yours': 'Only an administrator can do this to this account. Ask one.',
    'account.changed-meanwhile':
      'Someone else changed this account while you had it open. Nothing was done. Check it again, then decide.',
    'account.last-administrator': 'This is the last active administrator. Add another administrator first.',
    'account.already-deactivated': 'This account is already deactivated.',
    'account.already-active': 'This account is already active. There was nothing to do.',
    'account.time-past': 'That time has passed. Choose a later one.',
    'account.two-step-off': '2-step verification is not on for this account.',
    'account.no-such-way': 'Choose one of the ways. It may have been removed already.',
    'account.last-way': 'This is the only way that they have. Use Reset 2-step instead.',
    'account.question-not-set': 'This account has no security question.',
    'account.same-role': 'This account already has that role.',
    'account.username-taken': 'Another account has this username. Choose another.',
    'account.username-shape':
      'A username has up to 64 characters: a to z, 0 to 9, with periods, hyphens or underscores between them.',
    'account.name-missing': 'Enter a first name, a last name, or both.',
    'account.name-shape': 'Enter a name of up to 80 characters.',
    'account.email-unseen':
      'This email address contains an invisible character, often from copying. Delete it and type it by hand.',
    'account.email-dots':
      'This email address has an extra dot: at the beginning, at the end, next to the @, or two in a row.',
    'account.email-domain':
      'This email address is not complete. The part after the @ should look like example.org.',
    'account.email-shape': 'Enter an email address like name@example.org.',
    'account.email-taken':
      'Another account has this email address, and people can sign in with their email address. Enter another one, or leave it blank.',
    'account.phone-shape': 'Enter a phone number like 612-555-0142.',
    'account.extension-shape': 'Enter the extension as a number, like 204.',
    'account.extension-alone': 'Enter the phone number that the extension belongs to.',
    'account.work-shape': 'Enter up to 120 characters on one line.',
    'account.no-address': 'This account has no email address. Issue a temporary password instead.',
    'account.not-helpdesk': 'Only helpdesk staff can be limited to organizations.',
    'account.no-limit': 'Check the organizations that they look after, or choose all people.',
    'account.no-such-organization': 'There is no such organization. Choose one from the list.',
    'account.username-confusable':
      'This username looks too much like an existing one. Choose one that nobody can confuse with it.',
    'account.no-proposal': 'We could not suggest a username for this name. Enter one.',
    'account.organization-outside': 'Choose one of the organizations that you look after.',
    'account.works-elsewhere':
      'Only an agent who looks after every organization of this person can do this. Ask one who looks after all people.',
    'account.kept-apart':
      'They work for a victim service provider. A contact is named to others, so they cannot be the contact of another organization.',
    'account.last-day': 'Enter their last day there, such as 2027-03-01. It can be up to a year away.',
    'account.not-in-organization': 'Choose an organization that they belong to.',
    'account.no-such-workgroup': 'There is no such workgroup. Choose one from the list.',
  } satisfies Record<VerbCode, string>,
  bars: {
    deactivated: 'The account is deactivated. Reactivate it before the person can sign in.',
    closed: 'The account closed on its date. Reactivate it before the person can sign in.',
    suspended: 'The account is suspended. Reactivate it, or wait for the suspension to end.',
    inactive: 'The account is inactive. Reactivate it before the person can sign in.',
    'training-expired':
      'The training has expired. The person must complete it again before they can sign in.',
    'locked-down': 'The account is locked down. Issue a temporary password before the person can sign in.',
  } satisfies Record<Bar, string>,
} as const

const longNames: Readonly<Record<string, string>> = {
  firstName: 'The first name is too long. Enter up to 80 characters.',
  lastName: 'The last name is too long. Enter up to 80 characters.',
}

/** The sentence of a refusal; a name that is too long is named. */
export const refusalInWords = (code: VerbCode, field?: string): string =>
  (code === 'account.name-shape' ? longNames[field ?? ''] : undefined) ?? verbWords.refusals[code]

/** Why a text was not published. */
export const publishWords = {
  refusals: {
    'publish.empty': 'The text is empty. Nothing was published.',
    'publish.unchanged': 'This is the text of the newest version, word for word. Nothing was published.',
    'publish.past': 'Terms cannot take effect at a time that has passed. Choose a later one.',
    'publish.before-last':
      'A published version takes effect at that time or later. Choose a later time, or cancel that version first.',
    'publish.no-moment': 'Enter a date such as 2027-03-01 and a time such as 06:00.',
    'publish.two-moments':
      'The clocks go back that night and show this time twice. Choose which one you mean.',
    'publish.too-long': 'The text is too long. Use at most 40,000 characters.',
    'publish.changed-meanwhile':
      'Someone else changed this while you had it open. Nothing was done. Check it again, then decide.',
    'publish.holds': 'This version is already in force, so it cannot change. Publish a new one in its place.',
  } satisfies Record<PublishCode, string>,
} as const
