/** Applications behind the door: who they are, what they hold, whom they know, and what they are told. */
export const applications = `
alter table organization add column
  key text;
alter table workgroup add column
  key text;
create unique index organization_by_key on organization (key);
create unique index workgroup_by_key on workgroup (key);

create table application (
  id text primary key,
  name text not null,
  name_key text not null unique,
  purpose text not null,
  preset text not null,
  launch_url text,
  redirect_uris text not null,
  sign_out_uris text not null,
  backchannel_uri text,
  token_form text not null,
  pkce_exception text,
  takes_form_post integer not null,
  pairwise integer not null,
  needs_second_step integer not null,
  asks_workplace integer not null,
  refresh_is_activity integer not null,
  allowed text not null,
  created_at bigint not null,
  disabled_at bigint,
  last_used_at bigint,
  version integer not null
);

create table application_secret (
  id text primary key,
  application_id text not null references application (id),
  secret_hash text not null,
  created_at bigint not null,
  last_used_at bigint
);
create index secret_of_application on application_secret (application_id);

create table application_subject (
  application_id text not null references application (id),
  account_id text not null references account (id),
  subject text not null unique,
  primary key (application_id, account_id)
);

create table application_visit (
  session_id text not null,
  application_id text not null references application (id),
  account_id text not null,
  began_at bigint not null,
  used_at bigint not null,
  ended_at bigint,
  primary key (session_id, application_id)
);
create index visit_of_account on application_visit (account_id, used_at);
create index visit_of_application on application_visit (application_id, used_at);
create index visit_that_lasts on application_visit (ended_at, used_at);

create table openid_token (
  token_hash text primary key,
  kind text not null,
  application_id text not null references application (id),
  account_id text not null,
  session_id text not null,
  family text not null,
  payload_sealed text not null,
  expires_at bigint not null,
  consumed_at bigint
);
create index token_of_family on openid_token (family);
create index token_of_session on openid_token (session_id);
create index token_by_expiry on openid_token (expires_at);

create table signing_key (
  id text primary key,
  place text not null,
  key_sealed text not null,
  made_at bigint not null,
  changed_at bigint not null
);

create table logout_notice (
  id text primary key,
  application_id text not null references application (id),
  account_id text not null,
  session_id text not null,
  tries integer not null,
  next_try_at bigint,
  last_error text,
  created_at bigint not null,
  sent_at bigint
);
create index notice_by_time on logout_notice (next_try_at);
create unique index notice_once on logout_notice (application_id, session_id);
`
