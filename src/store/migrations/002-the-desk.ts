/** Tables of the helpdesk's desk, besides those of the front door. */
export const theDesk = `
create table training_candidate (
  moodle_user_id bigint primary key,
  first_name text not null,
  last_name text not null,
  email text not null,
  email_key text not null,
  state text not null,
  finished_at bigint,
  seen_at bigint not null,
  due_at bigint not null
);
create index training_candidate_by_due on training_candidate (due_at);
create index training_candidate_by_state on training_candidate (state, finished_at, moodle_user_id);
create index training_candidate_by_email on training_candidate (email_key);

alter table account add column training_due_at bigint not null default 0;
create index account_by_training_due on account (training_due_at);
create index account_by_training_state on account (training_state, training_finished_at);
create index account_by_moodle_user on account (moodle_user_id);

create table terms_draft (
  id text primary key,
  text text not null,
  version integer not null,
  created_at bigint not null,
  changed_at bigint not null,
  changed_by text not null
);
create index terms_draft_by_change on terms_draft (changed_at);

alter table terms_version add column cancelled_at bigint;
create index terms_acceptance_by_version on terms_acceptance (terms_version_id, accepted_at, id);

create table agency_logo (
  sha256 text primary key,
  bytes text not null,
  added_at bigint not null
);

alter table news add column version integer not null default 1;

create table people_import (
  account_id text primary key references account (id),
  id text not null,
  file_name text not null,
  sha256 text not null,
  state text not null,
  rows_all integer not null,
  rows_refused integer not null,
  rows_untrained integer not null,
  trouble text,
  checked_at bigint not null,
  changed_at bigint not null
);
create index people_import_by_change on people_import (changed_at);

create table people_import_part (
  account_id text not null references people_import (account_id) on delete cascade,
  part integer not null,
  rows_sealed text not null,
  primary key (account_id, part)
);

alter table account add column left_at bigint;
alter table account add column dormancy_noticed_run integer;
update account set active_since = last_sign_in_at where last_sign_in_at > active_since;
create index account_to_leave on account (leaving_at) where left_at is null;
create index account_by_suspension on account (suspended_until);
create index account_in_use on account (active_since, id) where dormant_since is null and deactivated_at is null;

alter table account add column training_noticed_for bigint;

create index account_by_role on account (role);
create index account_by_dormancy_notice on account (dormancy_noticed_at);
`
