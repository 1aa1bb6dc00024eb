import type { EventName } from '../../audit/events.ts'
import { vocabulary } from '../../web/vocabulary.ts'

/** Facts of a record; without any the sentence names the event in general. */
export type EventArgs = Readonly<Record<string, unknown>>
type Sentence = (args: EventArgs) => string

const text = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''))
const given = (value: unknown, sentence: (value: string) => string, otherwise: string): string =>
  value === undefined || value === null || value === '' ? otherwise : sentence(text(value))

const changes: Readonly<Record<string, string>> = {
  'question-reset': 'Recovery question reset',
  'throttle-cleared': 'Throttle cleared',
  reactivated: 'Reactivated',
  'incident-closed': 'Incident closed',
  suspended: 'Suspended',
  leaving: 'Leaving planned or taken back',
  details: 'Details edited',
  access: 'Access changed',
  left: 'Left, as planned',
  'suspension-ended': 'The suspension ended',
  'dormancy-noticed': 'Told that the account will become dormant',
  dormant: 'Became dormant',
  'training-override': 'Account made without finished training',
}

const trainings: Readonly<Record<string, string>> = {
  unknown: 'Training is not known',
  finished: 'Training finished',
  'not-finished': 'Training is not finished',
  lapsed: 'Training has to be done again',
}

const links: Readonly<Record<string, string>> = {
  reset: 'reset link',
  welcome: 'welcome link',
  'not-me': '"This was not me" link',
}

const exported: Readonly<Record<string, string>> = {
  audit: 'the audit log',
  people: 'the list of people',
  acceptances: 'the acceptances of the terms',
  backup: 'everything, for a backup',
}

const changed: Readonly<Record<string, string>> = {
  policy: 'the policy',
  restore: 'everything, from a backup',
  terms: 'the terms',
  'terms-draft': 'a draft of the terms',
  organization: 'the organization',
  workgroup: 'the workgroup',
  news: 'the news',
}

const known = (names: Readonly<Record<string, string>>, what: unknown): string =>
  names[text(what)] ?? text(what)

function read({ what, rows, form, whole }: EventArgs): string {
  if (what === undefined) return 'Something sensitive was read'
  if (what === 'audit-verification') {
    if (rows === undefined) return 'Began to check whether the audit log is whole'
    return whole === true ? 'Found the audit log whole' : 'Found the audit log broken'
  }
  if (rows !== undefined) return `Export of ${known(exported, what)} ended after ${text(rows)} rows`
  return form === undefined ? `Read ${known(exported, what)}` : `Exported ${known(exported, what)}`
}

const en: Readonly<Record<EventName, Sentence>> = {
  authn_login_success: () => 'Signed in',
  authn_login_successafterfail: ({ failures }) =>
    given(failures, count => `Signed in after ${count} wrong tries`, 'Signed in after wrong tries'),
  authn_login_fail: () => 'A sign-in was refused',
  authn_login_fail_max: () => 'A sign-in was refused: too many tries',
  authn_login_lock: () => 'Locked down',
  authn_password_change: ({ temporary, forgotten }) =>
    temporary === true
      ? 'Temporary password issued'
      : forgotten === true
        ? 'Chose a new password after forgetting the old one'
        : 'Chose a new password',
  authn_token_created: ({ link }) =>
    given(link, kind => `A ${known(links, kind)} was mailed`, 'A link was mailed'),
  authn_token_revoked: ({ link, used }) =>
    used === true
      ? `Used the ${known(links, link)}`
      : given(link, kind => `A ${known(links, kind)} was ended`, 'A link was ended'),
  authn_token_reuse: () => 'Something that works once was tried again',
  authn_mfa_success: ({ by }) =>
    by === 'backup-code' ? 'Gave a right backup code' : 'Gave a right verification code',
  authn_mfa_fail: () => 'Gave a wrong verification code',
  authn_mfa_enroll: () => '2-step verification turned on',
  authn_mfa_remove: () => '2-step verification turned off',
  authn_recovery_codes_issued: () => 'New backup codes made',
  authn_recovery_code_used: ({ left }) =>
    given(left, count => `Used a backup code; ${count} are left`, 'Used a backup code'),
  authn_question_set: () => 'Recovery question set',
  authn_question_skipped: () => 'Recovery question skipped',
  authn_recovery_request: () => 'Asked to reset the password',
  authn_recovery_open: () => 'Opened the reset link',
  authn_recovery_fail: () => 'Gave a wrong answer to the recovery question',
  authn_recovery_complete: () => 'Reset the password by mail',
  authn_reauth_success: () => 'Gave the password again',
  authn_reauth_fail: () => 'Gave a wrong password again',
  authn_not_me: () => 'Said "This was not me"',
  authz_fail: ({ path }) =>
    given(path, place => `Was refused: ${place} is not theirs to open`, 'Was refused: not theirs to open'),
  excess_rate_limit_exceeded: () => 'Asked too often',
  excess_sessions_exceeded: () => 'Signed in elsewhere; the older session ended',
  input_validation_fail: () => 'Sent something that no page of ours sends',
  input_validation_discrete_fail: () => 'Chose something that was not offered',
  malicious_csrf: ({ path }) =>
    given(
      path,
      place => `A form from elsewhere was refused at ${place}`,
      'A form from elsewhere was refused',
    ),
  malicious_direct_reference: ({ path }) =>
    given(
      path,
      place => `Tried an address with nothing behind it: ${place}`,
      'Tried an address with nothing behind it',
    ),
  privilege_permissions_changed: ({ before, after, limit }) =>
    limit !== undefined
      ? 'Limit to organizations changed'
      : after === undefined
        ? 'Role or access changed'
        : `Role changed from ${text(before)} to ${text(after)}`,
  sensitive_read: read,
  sensitive_update: ({ what, name, title }) =>
    given(
      what,
      thing => [`Changed ${known(changed, thing)}`, text(name ?? title)].join(' ').trim(),
      'Something important was changed',
    ),
  sensitive_create: ({ what, version, name, title, accounts }) =>
    what === 'import'
      ? given(accounts, count => `Imported accounts from a file: ${count}`, 'Imported accounts from a file')
      : what === 'terms'
        ? given(version, number => `Published version ${number} of the terms`, 'Published the terms')
        : given(
            what,
            thing => [`Made ${known(changed, thing)}`, text(name ?? title)].join(' ').trim(),
            'Something important was made',
          ),
  sequence_fail: () => 'Tried to go past an open step of the sign-in',
  session_created: () => 'Session began',
  session_expired: ({ why, reason }) =>
    (why ?? reason) === 'ended-by-helpdesk' ? 'Sessions ended by the helpdesk' : 'Session ended',
  session_logout: () => 'Signed out',
  session_use_after_expire: () => 'Used a session that was signed out',
  sys_startup: () => 'Lintel started',
  sys_shutdown: () => 'Lintel stopped',
  user_created: ({ username }) => given(username, name => `Account ${name} made`, 'Account made'),
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
