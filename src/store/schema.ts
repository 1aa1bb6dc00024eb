import type { Generated } from 'kysely'

/** What a duty to have a second step covers. */
export type DutyKind = 'role' | 'organization' | 'workgroup'
/** 0 or 1: both engines store it as a number. */
export type Flag = 0 | 1
export type Role = 'user' | 'helpdesk' | 'administrator'
/** Roles that may give a workgroup: administrators alone, or the helpdesk too. */
export type GivenBy = 'administrators' | 'helpdesk'
export type Theme = 'system' | 'light' | 'dark' | 'contrast'
export type TrainingState = 'unknown' | 'finished' | 'not-finished' | 'lapsed'
export type MailState = 'waiting' | 'sent' | 'refused'
export type LinkKind = 'reset' | 'welcome' | 'not-me'
/** Incidents that need attention from the helpdesk; each is shown with the account that it is about. */
export type IncidentKind =
  | 'not-me'
  | 'password-and-two-step-reset'
  /** The account would have become dormant, but no other administrator is active. */
  | 'last-administrator'
  /** The agent used up what one may hand out or look up in a while. */
  | 'agent-limit'
  /** A passkey or security key was used whose counter or kind says that there are two of it. */
  | 'key-copied'
  /** The email address was changed, and the old one was not told. */
  | 'old-address-not-told'
/** Why a session ended, so that the person can be told. */
export type EndReason =
  | 'signed-out'
  | 'idle'
  | 'absolute'
  | 'elsewhere'
  | 'credential'
  /** A step came up that sets what guards the account, and the password was given too long ago for it. */
  | 'guarding-step'
  | 'ended-by-person'
  | 'ended-by-helpdesk'
  | 'not-me'

interface SecretKeyTable {
  id: string
  check_value: string
  created_at: number
  /** From then on it proves nothing. */
  retired_at: number | null
}

interface PolicyTable {
  id: number
  overrides: string
  version: number
}

interface CounterTable {
  name: string
  value: number
}

interface OrganizationTable {
  id: string
  /** What applications know it as; stays when the name changes. */
  key: string | null
  name: string
  name_key: string
  allows: string
  created_at: number
  retired_at: number | null
  version: number
  /** How many accounts it has bought; null: nobody counts. */
  licenses: Generated<number | null>
  /** When it signed its agreement, as `2026-09-01`; empty: not known. */
  agreement_on: Generated<string>
  /** Whom to ask, and what to know for the bill. */
  billing: Generated<string>
  /** 1: a victim service provider: nobody of another organization learns who its people are. */
  is_victim_service: Generated<Flag>
}

interface WorkgroupTable {
  id: string
  /** What applications know it as; stays when the name changes. */
  key: string | null
  name: string
  name_key: string
  allows: string
  created_at: number
  retired_at: number | null
  version: number
  /** Who may give it to people; the others see it and leave it as it is. */
  given_by: Generated<GivenBy>
  /** Organizations that people work in it for, as JSON; an empty list: any. */
  tied_to: Generated<string>
}

export interface AccountTable {
  id: string
  username: string
  username_key: string
  first_name: string
  last_name: string
  email: string
  /** When a link that was mailed to this address was used; null: never. */
  email_proven_at: number | null
  email_key: string
  /** The folded address, while policy lets people sign in with it; unique. */
  sign_in_email_key: string | null
  work_phone: Generated<string>
  work_extension: Generated<string>
  job_title: Generated<string>
  supervisor: Generated<string>
  role: Role
  role_since: number
  epoch: number
  /** A browser is known by the mark of this generation. */
  browser_generation: Generated<number>
  version: number
  created_at: number
  deactivated_at: number | null
  deactivated_reason: string | null
  suspended_until: number | null
  suspended_reason: string | null
  leaving_at: number | null
  /** When the leaving was carried out; the account is closed from `leaving_at` on, whether it was or not. */
  left_at: number | null
  dormant_since: number | null
  dormancy_noticed_at: number | null
  /** Number of the daily run that sent the notice. */
  dormancy_noticed_run: number | null
  /** When the account was last used, made, or let in again: from then on the time to dormancy runs. */
  active_since: number
  password_blocked_at: number | null
  recovery_asked: Flag
  security_changed_at: number | null
  language: string
  theme: Theme
  last_organization_id: string | null
  last_workgroup_id: string | null
  last_sign_in_at: number | null
  moodle_user_id: number | null
  training_state: TrainingState
  training_finished_at: number | null
  training_checked_at: number | null
  /** What was finished before no longer counts; null: all of it does. */
  training_since: Generated<number | null>
  /** Courses that this is about, as JSON; an empty list: all. */
  training_again: Generated<string>
  /** The terms were accepted anew since then, or are asked for. */
  terms_since: Generated<number | null>
  /** From when Moodle is asked again. */
  training_due_at: Generated<number>
  /** The beginning of the duty to have a second step that was told by mail. */
  two_step_noticed_for: number | null
  /** The finish of training whose end was told by mail. */
  training_noticed_for: number | null
}

interface AccountWordTable {
  word: string
  account_id: string
  /** 1: of the person's name, username or email; 0: only of an organization. */
  is_own: Generated<Flag>
}

interface AccountOrganizationTable {
  account_id: string
  organization_id: string
  is_active: Flag
  may_sign_in: Flag
  may_edit: Flag
  /** The organization that is the person's first; at most one. */
  is_primary: Generated<Flag>
  /** When they last worked for it, to the hour. */
  last_sign_in_at: Generated<number | null>
}

/** Somebody asks and vouches for an organization. It counts while they belong to it (`contactSince`). */
export interface AgencyContactTable {
  account_id: string
  organization_id: string
  since: number
}

/** An agency's contact said that somebody left the agency, or will. */
export interface LeaverReportTable {
  id: string
  organization_id: string
  account_id: string
  reported_by: string
  reported_at: number
  /** As `2026-03-01`. */
  last_day: string
  due_at: number
  done_at: number | null
  /** Whether the account was deactivated too, as this was its last organization. */
  ended_account: Generated<Flag>
  taken_back_at: number | null
}

/** Somebody leaves an organization when a day is over. It goes with the membership. */
export interface PlannedLeaveTable {
  account_id: string
  organization_id: string
  /** Where they move to. */
  moved_to: string | null
  /** JSON: ids of the workgroups that they are given then. */
  workgroups: string
  /** As `2026-03-01`. */
  last_day: string
  due_at: number
  reason: string
}

/** People whom an agent selected, and what is to be done to them at once. */
export interface ManyActTable {
  id: string
  agent_id: string
  /** JSON: ids. */
  people: string
  verb: string | null
  /** JSON: what the agent entered. */
  entry: string | null
  created_at: number
  /** How many it was done to; null until it is done. */
  changed: number | null
}

export type RequestKind = 'account' | 'change' | 'leaver'
export type RequestState = 'asked' | 'more-needed' | 'accepted' | 'declined' | 'withdrawn' | 'stale'

/** What an agency's contact asks the helpdesk for. */
export interface AgencyRequestTable {
  id: string
  kind: RequestKind
  organization_id: string
  /** The account it is about; set for a new account once it is made. */
  account_id: string | null
  /** JSON: the fields of the form. */
  entry: string
  asked_by: string
  asked_at: number
  state: RequestState
  changed_at: number
  /** What the helpdesk said last: why it was declined, or what more is needed. */
  answer: Generated<string>
  version: number
}

export type ReviewAnswer = 'stays' | 'left' | 'workgroup' | 'unsure'

export interface AccessReviewTable {
  id: string
  name: string
  started_by: string
  started_at: number
  due_at: number
  /** JSON: days before the due date on which contacts are reminded, the earliest first. */
  reminders: string
  /** When the access of who was not confirmed is suspended; null: it is not. */
  settle_at: number | null
  settled_at: number | null
  closed_at: number | null
  /** The hash of the export, as sealed in the log. */
  sha256: string | null
}

export interface AccessReviewPlaceTable {
  review_id: string
  organization_id: string
  /** As it was called then. */
  name: string
  /** How many of the reminders have gone out. */
  reminded: number
}

/** One person in one organization, as they were when the review began. */
export interface AccessReviewLineTable {
  review_id: string
  organization_id: string
  account_id: string
  username: string
  person: string
  sort_key: string
  answer: ReviewAnswer | null
  /** The last day, or what else the contact said. */
  detail: Generated<string>
  answered_by: string | null
  answered_name: string | null
  answered_at: number | null
  /** What was done at the end to who was not confirmed. */
  outcome: 'suspended' | 'last-administrator' | null
}

/** Training and terms are done again by some people between two days. */
export interface RenewalTable {
  id: string
  name: string
  started_by: string
  created_at: number
  starts_at: number
  ends_at: number
  /** JSON: whom it is for (`agency/renewal-facts.ts`). */
  audience: string
  /** JSON: ids of courses that are finished anew. */
  courses: string
  /** 1: the terms are accepted anew. */
  terms: Flag
  /** JSON: days before the end on which people and contacts are reminded, the earliest first. */
  reminders: string
  /** 1: whoever has not renewed at the end is kept out until they have. */
  keeps_out: Flag
  /** When it was written down whom it is for; null: its first day has not come. */
  opened_at: number | null
  closed_at: number | null
  /** Of the result, as it is sealed in the log. */
  sha256: string | null
}

interface RenewalLineTable {
  renewal_id: string
  account_id: string
  username: string
  person: string
  sort_key: string
  /** How many of the letters have gone out, the first one included. */
  reminded: Generated<number>
  done_at: Generated<number | null>
  outcome: Generated<'kept-out' | 'last-administrator' | null>
}

interface RenewalPlaceTable {
  renewal_id: string
  organization_id: string
  /** How many of the letters to its contacts have gone out. */
  reminded: Generated<number>
}

/** A course in Moodle that people finish before they have an account, or again. */
export interface CourseTable {
  id: string
  moodle_id: number
  name: string
  /** Workgroups whose people it is for, as JSON; an empty list: everyone. */
  workgroups: string
  created_at: number
  retired_at: number | null
  version: number
}

/** When somebody finished a course last, as Moodle or an agent said. */
interface CourseFinishTable {
  account_id: string
  course_id: string
  finished_at: number
}

interface AccountWorkgroupTable {
  account_id: string
  workgroup_id: string
}

interface HelpdeskScopeTable {
  account_id: string
  organization_id: string
}

interface CredentialTable {
  account_id: string
  encoded: string
  pepper_id: string
  is_temporary: Flag
  expires_at: number | null
  set_at: number
}

interface PasswordHistoryTable {
  account_id: string
  set_at: number
  encoded: string
  pepper_id: string
}

interface RecoveryQuestionTable {
  account_id: string
  question: string
  answer_encoded: string
  pepper_id: string
  set_at: number
}

interface AuthenticatorTable {
  id: string
  account_id: string
  name: Generated<string | null>
  secret_sealed: string
  last_step: number
  added_at: number
  last_used_at: number
}

/** What the browser was asked for: one that opens the account by itself, or one that only follows a password. */
export type PasskeyKind = 'passkey' | 'security-key'

/** A public key of a person's passkey or security key; what cannot change binds the sealed key to its row. */
export interface PasskeyTable {
  id: string
  account_id: string
  kind: PasskeyKind
  credential_id: string
  /** Null: it was removed. */
  public_key_sealed: string | null
  user_handle: string
  rp_id: string
  backup_eligible: Flag
  backed_up: Flag
  sign_count: number
  /** As the browser names them, separated by blanks. */
  transports: string
  name: string
  added_at: number
  last_used_at: number | null
}

/** A challenge that was answered, until it is too old to be answered again. */
interface SpentChallengeTable {
  hash: string
  expires_at: number
}

interface BackupCodeTable {
  account_id: string
  code_hash: string
  made_at: number
  used_at: number | null
}

interface CodeCardTable {
  account_id: string
  /** How many cards the account has had: the letter on the newest. */
  serial: number
  salt: string
  /** JSON: the stored form of each code, in their order. Null: the card was taken away. */
  hashes: string | null
  /** The code that is asked for next, counted from 1; beyond the last one the card is used up. */
  next_number: number
  made_at: number
  last_used_at: number | null
}

interface TwoStepDutyTable {
  /** What it covers: a role, or an organization or workgroup by its id. */
  kind: DutyKind
  target: string
  from_at: number
}

/** A computer on which a person is not asked for the second step at each sign-in. */
interface OwnComputerTable {
  id: string
  account_id: string
  token_hash: string
  /** The credential epoch that it was remembered under. */
  epoch: number
  user_agent: string
  address: string
  added_at: number
  used_at: number
  expires_at: number
}

interface TermsVersionTable {
  id: string
  number: number
  text: string
  sha256: string
  effective_at: number | null
  created_at: number
  created_by: string | null
  /** Taken back before it held: it never will. */
  cancelled_at: number | null
}

/** A text of the terms that nobody is asked to accept yet. */
interface TermsDraftTable {
  id: string
  text: string
  version: number
  created_at: number
  changed_at: number
  changed_by: string
}

export interface TermsAcceptanceTable {
  id: string
  account_id: string
  terms_version_id: string
  sha256: string
  accepted_at: number
  address: string
}

interface PendingSignInTable {
  /** The same through the pending sign-in and its session, whatever the cookie holds. */
  id: string
  token_hash: string
  account_id: string
  epoch: number
  csrf_secret: string
  created_at: number
  /** JSON: the last time of each proof, in milliseconds since 1970. */
  proofs: string
  organization_id: string | null
  workgroup_id: string | null
  pairing_sealed: string | null
  address: string
  user_agent: string
  /** 1: the computer is the person's own, and is to be remembered once the sign-in is full. */
  keeps_computer: Generated<Flag>
  failures_before: number
  return_to: string
}

interface SessionTable {
  /** The same through the pending sign-in and its session, whatever the cookie holds. */
  id: string
  token_hash: string
  previous_token_hash: string | null
  previous_until: number | null
  account_id: string
  epoch: number
  csrf_secret: string
  created_at: number
  last_seen_at: number
  reauthenticated_at: number | null
  proofs: string
  organization_id: string | null
  workgroup_id: string | null
  pairing_sealed: string | null
  address: string
  user_agent: string
  failures_before: number
  previous_sign_in_at: number | null
  ended_at: number | null
  end_reason: EndReason | null
  return_to: string
}

interface KeptFormTable {
  session_id: string
  account_id: string
  path: string
  fields_sealed: string
  kept_at: number
}

interface OneTimeLinkTable {
  token_hash: string
  kind: LinkKind
  account_id: string
  epoch: number
  created_at: number
  expires_at: number
  opened_at: number | null
  proven_at: number | null
  used_at: number | null
  wrong_answers: number
}

interface ThrottleTable {
  name: string
  failures: number
  blocked_until: number
  window_from: number
  updated_at: number
}

export interface AuditChainTable {
  id: string
  started_at: number
  host: string
  length: number
  head: string
  /** Its beginning, on top of which the first record is signed; older chains have none. */
  birth: string | null
}

export interface AuditRecordTable {
  id: string
  chain_id: string
  position: number
  at: number
  event: string
  actor: string
  subject: string | null
  address: string | null
  request_id: string | null
  args: string
  key_id: string
  hmac: string
}

export interface MailTable {
  id: string
  account_id: string | null
  kind: string
  recipient: string
  subject: string
  body_sealed: string | null
  state: MailState
  tries: number
  next_try_at: number
  created_at: number
  sent_at: number | null
  last_error: string | null
  server_said: string | null
  /** After this moment the message is of no use: its link is dead. */
  useful_until: number | null
}

interface NewsTable {
  id: string
  title: string
  text: string
  shown_from: number
  shown_until: number | null
  created_by: string | null
  version: Generated<number>
}

interface IncidentTable {
  id: string
  account_id: string
  kind: IncidentKind
  opened_at: number
  closed_at: number | null
  closed_by: string | null
}

interface JobTable {
  name: string
  next_run_at: number
  last_run_at: number | null
  last_result: string | null
}

/** Somebody who is enrolled in a Moodle course and has no account that is known. */
export interface TrainingCandidateTable {
  moodle_user_id: number
  first_name: string
  last_name: string
  email: string
  email_key: string
  state: Exclude<TrainingState, 'lapsed'>
  finished_at: number | null
  seen_at: number
  due_at: number
}

/** A picture that an agency shows instead of our mark, as base64. */
interface AgencyLogoTable {
  sha256: string
  bytes: string
  added_at: number
}

/** Where the import of an agent's file stands. */
/** `unmapped`: which column is which has not been said yet. */
type ImportState = 'unmapped' | 'checking' | 'checked' | 'importing' | 'done'

/** Whether a file makes new accounts or updates those that are here. */
type ImportKind = 'new' | 'update'

export interface PeopleImportTable {
  account_id: string
  id: string
  kind: Generated<ImportKind>
  file_name: string
  sha256: string
  state: ImportState
  rows_all: number
  rows_refused: number
  rows_untrained: number
  /** Of an update: rows that change nothing. */
  rows_same: Generated<number>
  trouble: 'changed' | 'failed' | null
  checked_at: number
  changed_at: number
}

interface PeopleImportPartTable {
  account_id: string
  part: number
  rows_sealed: string
}

/** A list of people that another system has: the one that an agent gave last. */
export interface VendorListTable {
  account_id: string
  id: string
  file_name: string
  uploaded_at: number
  content_sealed: string
}

/** How an agent reads the columns of a list; `columns` is JSON. */
export interface ListMappingTable {
  account_id: string
  purpose: 'compare' | 'import'
  name: string
  columns: string
  changed_at: number
}

/** An application behind the door; what is one of several is JSON. */
export interface ApplicationTable {
  id: string
  name: string
  name_key: string
  purpose: string
  preset: string
  launch_url: string | null
  redirect_uris: string
  sign_out_uris: string
  backchannel_uri: string | null
  token_form: 'opaque' | 'jwt'
  pkce_exception: string | null
  takes_form_post: Flag
  pairwise: Flag
  needs_second_step: Flag
  asks_workplace: Flag
  refresh_is_activity: Flag
  allowed: string
  created_at: number
  disabled_at: number | null
  last_used_at: number | null
  version: number
}

interface ApplicationSecretTable {
  id: string
  application_id: string
  secret_hash: string
  created_at: number
  last_used_at: number | null
}

/** What a pairwise application knows somebody as. */
interface ApplicationSubjectTable {
  application_id: string
  account_id: string
  subject: string
}

/** A session that has entered an application. */
interface ApplicationVisitTable {
  session_id: string
  application_id: string
  account_id: string
  began_at: number
  used_at: number
  ended_at: number | null
}

export type TokenKind = 'AuthorizationCode' | 'AccessToken' | 'RefreshToken'

/** A code or token that is out; `family` is what came from one code. */
interface OpenidTokenTable {
  token_hash: string
  kind: TokenKind
  application_id: string
  account_id: string
  session_id: string
  family: string
  payload_sealed: string
  expires_at: number
  consumed_at: number | null
}

/** A key that ID tokens are signed with, or were, or will be. */
export interface SigningKeyTable {
  id: string
  stage: 'next' | 'current' | 'former'
  key_sealed: string
  made_at: number
  changed_at: number
}

/** A plain link on everyone's Home. */
interface HomeLinkTable {
  id: string
  name: string
  address: string
  purpose: string
  created_at: number
  version: number
}

/** An application has to be told that a session ended. */
interface LogoutNoticeTable {
  id: string
  application_id: string
  account_id: string
  session_id: string
  tries: number
  /** Null: sent, or given up. */
  next_try_at: number | null
  last_error: string | null
  created_at: number
  sent_at: number | null
}

/** The schema; times are milliseconds since 1970, JSON is text. */
export interface Database {
  secret_key: SecretKeyTable
  policy: PolicyTable
  counter: CounterTable
  organization: OrganizationTable
  workgroup: WorkgroupTable
  account: AccountTable
  account_word: AccountWordTable
  account_organization: AccountOrganizationTable
  account_workgroup: AccountWorkgroupTable
  helpdesk_scope: HelpdeskScopeTable
  credential: CredentialTable
  password_history: PasswordHistoryTable
  recovery_question: RecoveryQuestionTable
  authenticator: AuthenticatorTable
  backup_code: BackupCodeTable
  code_card: CodeCardTable
  passkey: PasskeyTable
  two_step_duty: TwoStepDutyTable
  own_computer: OwnComputerTable
  spent_challenge: SpentChallengeTable
  terms_version: TermsVersionTable
  terms_draft: TermsDraftTable
  agency_logo: AgencyLogoTable
  terms_acceptance: TermsAcceptanceTable
  pending_sign_in: PendingSignInTable
  session: SessionTable
  kept_form: KeptFormTable
  one_time_link: OneTimeLinkTable
  throttle: ThrottleTable
  audit_chain: AuditChainTable
  audit_record: AuditRecordTable
  mail: MailTable
  news: NewsTable
  incident: IncidentTable
  job: JobTable
  training_candidate: TrainingCandidateTable
  people_import: PeopleImportTable
  people_import_part: PeopleImportPartTable
  vendor_list: VendorListTable
  list_mapping: ListMappingTable
  application: ApplicationTable
  application_secret: ApplicationSecretTable
  application_subject: ApplicationSubjectTable
  application_visit: ApplicationVisitTable
  openid_token: OpenidTokenTable
  signing_key: SigningKeyTable
  logout_notice: LogoutNoticeTable
  home_link: HomeLinkTable
  agency_contact: AgencyContactTable
  leaver_report: LeaverReportTable
  planned_leave: PlannedLeaveTable
  many_act: ManyActTable
  agency_request: AgencyRequestTable
  access_review: AccessReviewTable
  access_review_place: AccessReviewPlaceTable
  access_review_line: AccessReviewLineTable
  renewal: RenewalTable
  renewal_line: RenewalLineTable
  renewal_place: RenewalPlaceTable
  course: CourseTable
  course_finish: CourseFinishTable
}
