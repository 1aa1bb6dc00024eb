import type { EventName } from '../../audit/events.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

/** Facts of a record; without any the sentence names the event in general. */
export type EventArgs = Readonly<Record<string, unknown>>
type Sentence = (args: EventArgs) => string

const plural = plurals('en-US')

const text = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''))
const given = (value: unknown, sentence: (value: string) => string, otherwise: string): string =>
  value === undefined || value === null || value === '' ? otherwise : sentence(text(value))

const changes: Readonly<Record<string, string>> = {
  'question-reset': 'Security question reset',
  'throttle-cleared': 'Unlocked',
  reactivated: 'Reactivated',
  'incident-closed': 'Incident closed',
  suspended: 'Suspended',
  leaving: 'Leaving date set or canceled',
  details: 'Details edited',
  access: 'Access changed',
  left: 'Closed on its date',
  'suspension-ended': 'The suspension ended',
  'dormancy-noticed': 'Inactivity notice sent',
  dormant: 'Became inactive',
  'leaver-reported': 'Reported as a leaver by the agency',
  'leaver-planned': 'Last day reported by the agency',
  'leave-planned': 'Last day in an organization set',
  'leave-canceled': 'Leaving an organization canceled',
  'leaver-taken-back': 'Leaver report taken back',
  'training-override': 'Account created without finished training',
}

const trainings: Readonly<Record<string, string>> = {
  unknown: 'Training not known',
  finished: 'Training finished',
  'not-finished': 'Training not finished',
  lapsed: 'Training expired',
}

const links: Readonly<Record<string, string>> = {
  reset: 'reset link',
  welcome: 'welcome link',
  'not-me': '"This was not me" link',
}

/** How the second step was proven, other than by an app's code. */
const right: Readonly<Record<string, string>> = {
  'backup-code': 'Entered a correct backup code',
  'code-card': 'Entered a correct code from the code card',
  passkey: 'Used a passkey',
  'security-key': 'Used a security key',
}

const enrolled: Readonly<Record<string, string>> = {
  'code-card': 'Code card given',
  passkey: 'Passkey added',
  'security-key': 'Security key added',
}

const exported: Readonly<Record<string, string>> = {
  person: 'their page',
  audit: 'the audit log',
  people: 'the list of people',
  queues: 'what needs attention',
  sheets: 'who waits for a sheet',
  terms: 'who accepted the terms',
  training: 'who waits for an account',
  access: 'who had access on a day',
  ended: 'what access ended',
  acceptances: 'the acceptances of the terms',
  board: 'the counts for the board',
  renewal: 'who has renewed',
  backup: 'everything, for a backup',
  comparison: 'what differs between two lists',
}

const changed: Readonly<Record<string, string>> = {
  policy: 'the policy',
  restore: 'everything, from a backup',
  terms: 'the terms',
  'terms-draft': 'a draft of the terms',
  organization: 'the organization',
  workgroup: 'the workgroup',
  application: 'the application',
  'signing key': 'the signing key',
  link: 'the link',
  news: 'the news',
  request: 'the request',
  review: 'the review',
  course: 'the course',
  renewal: 'the renewal',
}

const known = (names: Readonly<Record<string, string>>, what: unknown): string =>
  names[text(what)] ?? text(what)

function read({ what, rows, form, whole, part }: EventArgs): string {
  if (what === undefined) return 'Sensitive data was read'
  if (what === 'audit-verification') {
    if (rows === undefined) return 'Started checking the audit log'
    return whole === true ? 'Found the audit log intact' : 'Found the audit log broken'
  }
  if (part !== undefined) return `Exported ${known(exported, what)}: whom part ${text(part)} held`
  if (rows !== undefined) return `Export of ${known(exported, what)} ended after ${text(rows)} rows`
  return form === undefined ? `Read ${known(exported, what)}` : `Exported ${known(exported, what)}`
}

function updated({ what, name, title, secret, enabled }: EventArgs): string {
  if (what === 'application' && secret !== undefined)
    return secret === 'added' ? 'Secret added' : 'Older secret removed'
  if (what === 'application' && enabled !== undefined) return enabled === true ? 'Enabled' : 'Disabled'
  return given(
    what,
    thing => [`Changed ${known(changed, thing)}`, text(name ?? title)].join(' ').trim(),
    'Important data was changed',
  )
}

const en: Readonly<Record<EventName, Sentence>> = {
  authn_login_success: () => 'Signed in',
  authn_login_successafterfail: ({ failures }) =>
    typeof failures === 'number'
      ? `Signed in after ${plural(failures, { one: '# failed attempt', other: '# failed attempts' })}`
      : 'Signed in after failed attempts',
  authn_login_fail: () => 'Sign-in failed',
  authn_login_fail_max: () => 'Sign-in failed: too many attempts',
  authn_login_lock: () => 'Locked down',
  authn_password_change: ({ temporary, forgotten }) =>
    temporary === true
      ? 'Temporary password issued'
      : forgotten === true
        ? 'Chose a new password after forgetting the old one'
        : 'Chose a new password',
  authn_token_created: ({ link, application, name }) =>
    application !== undefined
      ? given(name, title => `Opened ${title}`, 'Opened an application')
      : given(link, kind => `A ${known(links, kind)} was emailed`, 'A link was emailed'),
  authn_token_revoked: ({ link, used, application, ended }) =>
    application !== undefined
      ? typeof ended === 'number'
        ? `Ended ${plural(ended, { one: '# session', other: '# sessions' })} in the application`
        : 'An application was closed'
      : used === true
        ? `Used the ${known(links, link)}`
        : given(link, kind => `A ${known(links, kind)} was ended`, 'A link was ended'),
  authn_token_reuse: () => 'Tried a used link or code',
  authn_mfa_success: ({ by }) => right[text(by)] ?? 'Entered a correct verification code',
  authn_mfa_fail: ({ by, copied }) =>
    copied === true
      ? 'Refused: there may be a copy of this passkey or security key'
      : by === 'passkey' || by === 'security-key'
        ? 'A passkey or security key was refused'
        : 'Entered a wrong verification code',
  authn_mfa_enroll: ({ by }) => enrolled[text(by)] ?? '2-step verification turned on',
  authn_mfa_remove: ({ by }) =>
    by === undefined ? '2-step verification turned off' : 'One way to prove who they are removed',
  authn_recovery_codes_issued: () => 'New backup codes created',
  authn_recovery_code_used: ({ left }) =>
    given(left, count => `Used a backup code; ${count} left`, 'Used a backup code'),
  authn_question_set: () => 'Security question set',
  authn_question_skipped: () => 'Security question skipped',
  authn_recovery_request: () => 'Asked to reset the password',
  authn_recovery_open: () => 'Opened the reset link',
  authn_recovery_fail: () => 'Wrong answer to the security question',
  authn_recovery_complete: () => 'Reset the password by email',
  authn_reauth_success: () => 'Re-entered password',
  authn_reauth_fail: () => 'Wrong password when re-entering',
  authn_not_me: () => 'Chose "This was not me"',
  authz_fail: ({ path }) => given(path, path => `Access denied: ${path}`, 'Access denied'),
  excess_rate_limit_exceeded: () => 'Rate limit reached',
  excess_sessions_exceeded: () => 'Signed in elsewhere; the older session ended',
  input_validation_fail: () => 'Invalid request',
  input_validation_discrete_fail: () => 'Chose an option that was not offered',
  malicious_csrf: ({ path }) =>
    given(path, path => `Form from another site refused at ${path}`, 'Form from another site refused'),
  malicious_direct_reference: ({ path }) => given(path, path => `Page not found: ${path}`, 'Page not found'),
  privilege_permissions_changed: ({ change, before, after, limit }) =>
    change === 'contact'
      ? 'Agency contact changed'
      : after !== undefined
        ? `Role changed from ${text(before)} to ${text(after)}`
        : limit === undefined
          ? 'Role or access changed'
          : 'Limit to organizations changed',
  access_baseline: () => 'Who has access was written down when the log began to hold it',
  sensitive_read: read,
  sensitive_update: updated,
  sensitive_create: ({ what, version, name, title, accounts }) =>
    what === 'import'
      ? given(accounts, count => `Imported accounts from a file: ${count}`, 'Imported accounts from a file')
      : what === 'terms'
        ? given(version, number => `Published version ${number} of the terms`, 'Published the terms')
        : given(
            what,
            thing => [`Created ${known(changed, thing)}`, text(name ?? title)].join(' ').trim(),
            'Something important was created',
          ),
  sequence_fail: () => 'Tried to skip a sign-in step',
  session_created: () => 'Session started',
  session_expired: ({ why, reason }) =>
    (why ?? reason) === 'ended-by-helpdesk' ? 'Sessions ended by the helpdesk' : 'Session ended',
  session_logout: () => 'Signed out',
  session_use_after_expire: () => 'Used an ended session',
  sys_startup: () => 'Lintel started',
  sys_shutdown: () => 'Lintel stopped',
  user_created: ({ username }) => given(username, name => `Account ${name} created`, 'Account created'),
  user_updated: ({ change, after }) =>
    change === 'training'
      ? (trainings[text(after)] ?? 'Training changed')
      : change === undefined
        ? 'Account changed'
        : (changes[text(change)] ?? `Account changed: ${text(change)}`),
  user_archived: () => 'Deactivated',
  user_terms_accepted: ({ version }) =>
    given(version, number => `Accepted version ${number} of the terms`, 'Accepted the terms'),
  user_terms_declined: () => 'Declined the terms',
  user_workspace_changed: () => 'Changed organization or workgroup',
}

/** Each event in words; its name where a newer Lintel wrote one that this one does not know. */
export function eventInWords(event: string, args: EventArgs, language: string): string {
  const sentences = wordsFor(language)
  return Object.hasOwn(sentences, event) ? sentences[event as EventName](args) : event
}

const wordsFor = vocabulary<Readonly<Record<EventName, Sentence>>>({ en })
