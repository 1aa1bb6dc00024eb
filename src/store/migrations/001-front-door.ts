/** The first schema: people, credentials, sign-ins, terms, throttles, audit, policy, mail. */
export const frontDoor = `
create table secret_key (
  id text primary key,
  check_value text not null,
  created_at bigint not null
);

create table policy (
  id integer primary key,
  overrides text not null,
  version integer not null
);

create table counter (
  name text primary key,
  value integer not null
);

create table organization (
  id text primary key,
  name text not null,
  name_key text not null unique,
  allows text not null,
  created_at bigint not null,
  retired_at bigint,
  version integer not null
);

create table workgroup (
  id text primary key,
  name text not null,
  name_key text not null unique,
  allows text not null,
  created_at bigint not null,
  retired_at bigint,
  version integer not null
);

create table account (
  id text primary key,
  username text not null,
  username_key text not null unique,
  first_name text not null,
  last_name text not null,
  email text not null,
  email_key text not null,
  role text not null,
  role_since bigint not null,
  epoch integer not null,
  version integer not null,
  created_at bigint not null,
  deactivated_at bigint,
  deactivated_reason text,
  suspended_until bigint,
  suspended_reason text,
  leaving_at bigint,
  dormant_since bigint,
  dormancy_noticed_at bigint,
  active_since bigint not null,
  password_blocked_at bigint,
  recovery_asked integer not null,
  security_changed_at bigint,
  language text not null,
  theme text not null,
  last_organization_id text,
  last_workgroup_id text,
  last_sign_in_at bigint,
  moodle_user_id integer,
  training_state text not null,
  training_finished_at bigint,
  training_checked_at bigint
);
create index account_by_email on account (email_key);
create index account_by_name on account (last_name, first_name, id);
create index account_by_last_sign_in on account (last_sign_in_at);
create index account_by_leaving on account (leaving_at);

create table account_word (
  word text not null,
  account_id text not null references account (id),
  primary key (word, account_id)
);
create index account_word_by_account on account_word (account_id);

create table account_organization (
  account_id text not null references account (id),
  organization_id text not null references organization (id),
  is_active integer not null,
  may_sign_in integer not null,
  may_edit integer not null,
  primary key (account_id, organization_id)
);
create index account_organization_by_organization on account_organization (organization_id, account_id);

create table account_workgroup (
  account_id text not null references account (id),
  workgroup_id text not null references workgroup (id),
  primary key (account_id, workgroup_id)
);
create index account_workgroup_by_workgroup on account_workgroup (workgroup_id, account_id);

create table helpdesk_scope (
  account_id text not null references account (id),
  organization_id text not null references organization (id),
  primary key (account_id, organization_id)
);

create table credential (
  account_id text primary key references account (id),
  encoded text not null,
  pepper_id text not null,
  is_temporary integer not null,
  expires_at bigint,
  set_at bigint not null
);
create index credential_by_expiry on credential (expires_at);

create table password_history (
  account_id text not null references account (id),
  set_at bigint not null,
  encoded text not null,
  pepper_id text not null,
  primary key (account_id, set_at)
);

create table recovery_question (
  account_id text primary key references account (id),
  question text not null,
  answer_encoded text not null,
  pepper_id text not null,
  set_at bigint not null
);

create table authenticator (
  account_id text primary key references account (id),
  secret_sealed text not null,
  last_step bigint not null,
  turned_on_at bigint not null
);

create table backup_code (
  account_id text not null references account (id),
  code_hash text not null,
  made_at bigint not null,
  used_at bigint,
  primary key (account_id, code_hash)
);

create table terms_version (
  id text primary key,
  number integer not null unique,
  text text not null,
  sha256 text not null,
  effective_at bigint,
  created_at bigint not null,
  created_by text
);
create index terms_version_by_effect on terms_version (effective_at);

create table terms_acceptance (
  id text primary key,
  account_id text not null references account (id),
  terms_version_id text not null references terms_version (id),
  sha256 text not null,
  accepted_at bigint not null,
  address text not null
);
create index terms_acceptance_by_account on terms_acceptance (account_id, terms_version_id, accepted_at);

create table pending_sign_in (
  id_hash text primary key,
  account_id text not null references account (id),
  epoch integer not null,
  csrf_secret text not null,
  created_at bigint not null,
  code_proven_at bigint,
  organization_id text,
  workgroup_id text,
  pairing_sealed text,
  address text not null,
  user_agent text not null,
  failures_before integer not null,
  return_to text not null
);
create index pending_sign_in_by_account on pending_sign_in (account_id);
create index pending_sign_in_by_age on pending_sign_in (created_at);

create table session (
  id_hash text primary key,
  previous_id_hash text,
  previous_until bigint,
  account_id text not null references account (id),
  epoch integer not null,
  csrf_secret text not null,
  created_at bigint not null,
  last_seen_at bigint not null,
  reauthenticated_at bigint,
  organization_id text,
  workgroup_id text,
  pairing_sealed text,
  address text not null,
  user_agent text not null,
  failures_before integer not null,
  previous_sign_in_at bigint,
  ended_at bigint,
  end_reason text,
  return_to text not null
);
create index session_by_account on session (account_id, ended_at);
create index session_by_previous on session (previous_id_hash);
create index session_by_age on session (created_at);

create table kept_form (
  session_id_hash text primary key,
  account_id text not null references account (id),
  path text not null,
  fields_sealed text not null,
  kept_at bigint not null
);
create index kept_form_by_account on kept_form (account_id);
create index kept_form_by_age on kept_form (kept_at);

create table one_time_link (
  token_hash text primary key,
  kind text not null,
  account_id text not null references account (id),
  epoch integer not null,
  created_at bigint not null,
  expires_at bigint not null,
  opened_at bigint,
  proven_at bigint,
  used_at bigint,
  wrong_answers integer not null
);
create index one_time_link_by_account on one_time_link (account_id, kind);
create index one_time_link_by_expiry on one_time_link (expires_at);

create table throttle (
  name text primary key,
  failures integer not null,
  blocked_until bigint not null,
  window_from bigint not null,
  updated_at bigint not null
);
create index throttle_by_age on throttle (updated_at);

create table audit_chain (
  id text primary key,
  started_at bigint not null,
  host text not null,
  length bigint not null,
  head text not null
);

create table audit_record (
  id text primary key,
  chain_id text not null references audit_chain (id),
  position bigint not null,
  at bigint not null,
  event text not null,
  actor text not null,
  subject text,
  address text,
  request_id text,
  args text not null,
  key_id text not null,
  hmac text not null,
  unique (chain_id, position)
);
create index audit_record_by_time on audit_record (at);
create index audit_record_by_subject on audit_record (subject, at);
create index audit_record_by_actor on audit_record (actor, at);
create index audit_record_by_event on audit_record (event, at);

create table mail (
  id text primary key,
  account_id text,
  kind text not null,
  recipient text not null,
  subject text not null,
  body_sealed text,
  state text not null,
  tries integer not null,
  next_try_at bigint not null,
  created_at bigint not null,
  sent_at bigint,
  last_error text
);
create index mail_by_state on mail (state, next_try_at);
create index mail_by_account on mail (account_id, created_at);

create table news (
  id text primary key,
  title text not null,
  text text not null,
  shown_from bigint not null,
  shown_until bigint,
  created_by text
);

create index news_by_time on news (shown_from);

create table incident (
  id text primary key,
  account_id text not null references account (id),
  kind text not null,
  opened_at bigint not null,
  closed_at bigint,
  closed_by text
);
create index incident_open on incident (closed_at, opened_at);

create table job (
  name text primary key,
  next_run_at bigint not null,
  last_run_at bigint,
  last_result text
);
`
