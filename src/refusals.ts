type Status = 403 | 404 | 422 | 429 | 503

/** `event`: name in the audit log (OWASP Logging Vocabulary). */
const refused = <const Of extends Status, const Event extends string | undefined = undefined>(
  status: Of,
  event?: Event,
) => ({
  status,
  event: event as Event,
})

/**
 * Everything that Lintel refuses a person, once: HTTP status and audit event.
 * The words stand in the `refusals` of the feature's `words.ts`, keyed by the code.
 */
export const refusals = {
  'request.csrf': refused(403, 'malicious_csrf'),
  'request.busy': refused(503),

  'sign-in.empty-username': refused(422),
  'sign-in.empty-password': refused(422),
  'sign-in.wrong': refused(422, 'authn_login_fail'),
  'sign-in.waiting': refused(429, 'authn_login_fail_max'),
  'sign-in.temporary-expired': refused(422, 'authn_login_fail'),
  'sign-in.deactivated': refused(422, 'authn_login_fail'),
  'sign-in.suspended': refused(422, 'authn_login_fail'),
  'sign-in.closed': refused(422, 'authn_login_fail'),
  'sign-in.inactive': refused(422, 'authn_login_fail'),
  'sign-in.training-expired': refused(422, 'authn_login_fail'),
  'sign-in.locked-down': refused(422, 'authn_login_fail'),
  'sign-in.passkey-none': refused(422),
  'sign-in.passkey-expired': refused(422),
  'sign-in.passkey-wrong': refused(422, 'authn_login_fail'),

  'workspace.organization-missing': refused(422, 'input_validation_discrete_fail'),
  'workspace.workgroup-missing': refused(422, 'input_validation_discrete_fail'),
  'workspace.workgroup-elsewhere': refused(422, 'input_validation_discrete_fail'),

  'terms.moved': refused(422),
  'terms.no-choice': refused(422),

  'password.empty': refused(422),
  'password.too-short': refused(422),
  'password.no-capital': refused(422),
  'password.no-number': refused(422),
  'password.no-symbol': refused(422),
  'password.too-long': refused(422),
  'password.not-text': refused(422),
  'password.common': refused(422),
  'password.personal': refused(422),
  'password.mismatch': refused(422),
  'password.same-as-current': refused(422),
  'password.used-before': refused(422),

  'reauthentication.empty-password': refused(422),
  'reauthentication.empty-code': refused(422),
  'reauthentication.wrong': refused(422, 'authn_reauth_fail'),
  'reauthentication.code-used': refused(422, 'authn_reauth_fail'),
  'reauthentication.waiting': refused(429, 'authn_login_fail_max'),

  'recovery.question-empty': refused(422),
  'recovery.question-too-long': refused(422),
  'recovery.answer-too-short': refused(422),
  'recovery.answer-too-long': refused(422),
  'recovery.answer-in-question': refused(422),
  'recovery.gives-username': refused(422),
  'recovery.gives-password': refused(422),

  'reset.empty-username': refused(422),
  'reset.source-waiting': refused(429, 'excess_rate_limit_exceeded'),
  'reset.answer-empty': refused(422),
  'reset.answer-wrong': refused(422, 'authn_recovery_fail'),
  'reset.waiting': refused(429, 'excess_rate_limit_exceeded'),

  'verification.empty': refused(422),
  'verification.not-a-code': refused(422),
  'verification.wrong': refused(422, 'authn_mfa_fail'),
  'verification.used': refused(422, 'authn_token_reuse'),
  'verification.waiting': refused(429, 'authn_login_fail_max'),
  'verification.app-wrong': refused(422),
  'verification.backup-empty': refused(422),
  'verification.not-a-backup-code': refused(422),
  'verification.backup-wrong': refused(422, 'authn_mfa_fail'),
  'verification.backup-used': refused(422, 'authn_token_reuse'),
  'verification.backup-waiting': refused(429, 'authn_login_fail_max'),
  'verification.card-empty': refused(422),
  'verification.not-a-card-code': refused(422),
  'verification.card-wrong': refused(422, 'authn_mfa_fail'),
  'verification.card-first-wrong': refused(422),
  'verification.card-used': refused(422, 'authn_token_reuse'),
  'verification.card-waiting': refused(429, 'authn_login_fail_max'),
  'verification.not-either': refused(422),
  'verification.not-any': refused(422),
  'verification.name-empty': refused(422),
  'verification.name-long': refused(422),
  'verification.last-way': refused(422),

  'duty.who': refused(422),
  'duty.date': refused(422),
  'duty.no-reason': refused(422),
  'duty.reason-too-long': refused(422),
  'duty.unchanged': refused(422),

  'passkeys.no-answer': refused(422),
  'passkeys.expired': refused(422),
  'passkeys.wrong': refused(422, 'authn_mfa_fail'),
  'passkeys.copied': refused(422, 'authn_mfa_fail'),
  'passkeys.waiting': refused(429, 'excess_rate_limit_exceeded'),
  'passkeys.not-taken': refused(422),
  'passkeys.known': refused(422),
  'passkeys.too-many': refused(422),

  'account.not-there': refused(404, 'malicious_direct_reference'),
  'account.not-yours': refused(403, 'authz_fail'),
  'account.changed-meanwhile': refused(422),
  'account.last-administrator': refused(422),
  'account.already-deactivated': refused(422),
  'account.already-active': refused(422),
  'account.time-past': refused(422),
  'account.two-step-off': refused(422),
  'account.no-such-way': refused(422),
  'account.last-way': refused(422),
  'account.question-not-set': refused(422),
  'account.same-role': refused(422),
  'account.username-taken': refused(422),
  'account.username-confusable': refused(422),
  'account.no-proposal': refused(422),
  'account.username-shape': refused(422),
  'account.name-missing': refused(422),
  'account.name-shape': refused(422),
  'account.email-unseen': refused(422),
  'account.email-dots': refused(422),
  'account.email-domain': refused(422),
  'account.email-shape': refused(422),
  'account.email-taken': refused(422),
  'account.phone-shape': refused(422),
  'account.extension-shape': refused(422),
  'account.extension-alone': refused(422),
  'account.work-shape': refused(422),
  'account.no-address': refused(422),
  'account.not-helpdesk': refused(422),
  'account.no-limit': refused(422),
  'account.no-such-organization': refused(422),
  'account.organization-outside': refused(422),
  'account.no-such-workgroup': refused(422),
  'account.works-elsewhere': refused(422),
  'account.kept-apart': refused(422),
  'account.last-day': refused(422),
  'account.not-in-organization': refused(422),

  'agency.last-day': refused(422),
  'agency.too-late': refused(422),
  'agency.empty': refused(422),
  'agency.note-long': refused(422),
  'agency.too-many': refused(429, 'excess_rate_limit_exceeded'),
  'agency.closed': refused(422),
  'agency.no-answer': refused(422),
  'agency.training': refused(422),
  'agency.no-note': refused(422),
  'agency.nobody': refused(422),
  'agency.review-name': refused(422),
  'agency.due-day': refused(422),
  'agency.reminders': refused(422),

  'many.changed': refused(422),
  'many.nobody': refused(422),
  'many.organization': refused(422),
  'many.no-change': refused(422),

  'application.name': refused(422),
  'application.name-taken': refused(422),
  'application.purpose': refused(422),
  'application.no-address': refused(422),
  'application.address': refused(422),
  'application.no-reason': refused(422),
  'application.who': refused(422),
  'application.no-version': refused(422),
  'application.changed-meanwhile': refused(422),
  'application.two-secrets': refused(422),
  'application.last-secret': refused(422),
  'application.already': refused(422),

  'link.name': refused(422),
  'link.address': refused(422),
  'link.purpose': refused(422),
  'link.changed-meanwhile': refused(422),

  'publish.empty': refused(422),
  'publish.unchanged': refused(422),
  'publish.past': refused(422),
  'publish.before-last': refused(422),
  'publish.no-moment': refused(422),
  'publish.two-moments': refused(422),
  'publish.too-long': refused(422),
  'publish.changed-meanwhile': refused(422),
  'publish.holds': refused(422),

  'policy.out-of-range': refused(422),
  'policy.emails-shared': refused(422),
  'policy.unchanged': refused(422),
  'policy.changed-meanwhile': refused(422),
  'policy.no-reason': refused(422),
  'policy.reason-too-long': refused(422),
  'policy.notice-after-dormancy': refused(422),
  'policy.no-contact': refused(422),
  'policy.button-contrast': refused(422),
  'policy.link-contrast': refused(422),
  'policy.logo-missing': refused(422),
  'policy.logo-too-large': refused(422),
  'policy.logo-not-png': refused(422),
  'policy.logo-shape': refused(422),

  'helpdesk.too-many': refused(429, 'excess_rate_limit_exceeded'),
  'helpdesk.too-many-updates': refused(429, 'excess_rate_limit_exceeded'),
  'helpdesk.no-reason': refused(422),
  'helpdesk.reason-too-long': refused(422),
  'helpdesk.ticket-shape': refused(422),
  'helpdesk.not-identified': refused(422),
  'helpdesk.no-moment': refused(422),
  'helpdesk.no-day': refused(422),
  'helpdesk.not-recorded': refused(422),
  'helpdesk.two-moments': refused(422),
  'helpdesk.no-role': refused(422),
  'helpdesk.no-version': refused(422),
  'helpdesk.training-open': refused(422),
  'helpdesk.no-mail': refused(422),
  'helpdesk.no-cards': refused(422),
  'helpdesk.export-under-way': refused(429),
  'helpdesk.exports-busy': refused(503),

  'list.no-file': refused(422),
  'list.too-large': refused(422),
  'list.not-text': refused(422),
  'list.broken': refused(422),
  'list.no-rows': refused(422),
  'list.too-many': refused(422),
  'list.not-enough': refused(422),
  'list.replaced': refused(422),
  'list.nothing-chosen': refused(422),

  'import.no-file': refused(422),
  'import.too-large': refused(422),
  'import.not-text': refused(422),
  'import.broken': refused(422),
  'import.no-rows': refused(422),
  'import.too-many': refused(422),
  'import.column-missing': refused(422),
  'import.no-key-column': refused(422),
  'import.column-twice': refused(422),
  'import.column-unknown': refused(422),
  'import.column-not-there': refused(422),
  'import.cells': refused(422),
  'import.role': refused(422),
  'import.username-twice': refused(422),
  'import.username-alike': refused(422),
  'import.email-twice': refused(422),
  'import.email-known': refused(422),
  'import.organization-unknown': refused(422),
  'import.workgroup-unknown': refused(422),
  'import.training-open': refused(422),
  'import.no-key': refused(422),
  'import.not-found': refused(422),
  'import.email-several': refused(422),
  'import.account-twice': refused(422),
  'import.too-many-changes': refused(422),

  'sheets.nobody': refused(422),
  'sheets.too-many': refused(422),
  'sheets.too-often': refused(429, 'excess_rate_limit_exceeded'),

  'place.name-shape': refused(422),
  'place.licenses': refused(422),
  'place.agreement-day': refused(422),
  'place.allows-too-long': refused(422),
  'place.name-taken': refused(422),
  'place.key-shape': refused(422),
  'place.key-taken': refused(422),
  'place.changed-meanwhile': refused(422),
  'place.already-retired': refused(422),
  'place.not-retired': refused(422),
  'place.no-version': refused(422),

  'renewal.name': refused(422),
  'renewal.from': refused(422),
  'renewal.to': refused(422),
  'renewal.joined': refused(422),
  'renewal.reminders': refused(422),
  'renewal.nothing-asked': refused(422),
  'renewal.after': refused(422),
  'course.name-shape': refused(422),
  'course.number-shape': refused(422),
  'course.number-taken': refused(422),
  'course.changed-meanwhile': refused(422),
  'news.title-shape': refused(422),
  'news.text-empty': refused(422),
  'news.text-too-long': refused(422),
  'news.no-start': refused(422),
  'news.no-end': refused(422),
  'news.end-too-early': refused(422),
  'news.two-moments': refused(422),
  'news.changed-meanwhile': refused(422),
  'news.no-version': refused(422),
} as const

export type RefusalCode = keyof typeof refusals

/** The codes of one feature: `RefusalOf<'sign-in'>`. */
export type RefusalOf<Feature extends string> = Extract<RefusalCode, `${Feature}.${string}`>

/** Tells the codes of one feature from all others. */
export const isCodeOf = <Feature extends string>(
  feature: Feature,
  code: RefusalCode,
): code is RefusalOf<Feature> => code.startsWith(`${feature}.`)

/** The codes that the audit log hears of. */
export type AuditedRefusal = {
  [Code in RefusalCode]: (typeof refusals)[Code]['event'] extends string ? Code : never
}[RefusalCode]

/** One thing that was refused, with the field that it concerns and the values its sentence needs. */
export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly code: Code
  readonly field?: string
  /** Milliseconds since 1970 from which it may work again. */
  readonly until?: number
  /** A number or name of ours that the sentence says; never what was typed. */
  readonly detail?: string
}

export type Outcome<Value, Code extends RefusalCode = RefusalCode> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusals: readonly Refusal<Code>[] }

export const done = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({
  ok: true,
  value,
})

export const refuse = <Code extends RefusalCode>(
  ...list: readonly Refusal<Code>[]
): { readonly ok: false; readonly refusals: readonly Refusal<Code>[] } => ({ ok: false, refusals: list })

/** The status of a refused form: that of its gravest refusal. */
export function statusOf(list: readonly Refusal[]): Status {
  return list.reduce<Status>(
    (worst, { code }) => (weight(refusals[code].status) > weight(worst) ? refusals[code].status : worst),
    422,
  )
}

const weight = (status: Status): number => [422, 404, 403, 429, 503].indexOf(status)

/** The refusals of a form; undefined when the server was too busy to look at it. */
export function unlessBusy<Code extends RefusalCode>(
  list: readonly Refusal<Code>[],
): readonly Refusal<Exclude<Code, 'request.busy'>>[] | undefined {
  const looked = list.filter(
    (refusal): refusal is Refusal<Exclude<Code, 'request.busy'>> => refusal.code !== 'request.busy',
  )
  return looked.length === list.length ? looked : undefined
}
