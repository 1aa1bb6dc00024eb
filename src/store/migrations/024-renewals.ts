/** Renewals: who does training and terms again between two days, and who has. */
export const renewals = `
alter table account add column
  terms_since bigint;
alter table account add column
  training_again text not null default '[]';

create table renewal (
  id text primary key,
  name text not null,
  started_by text not null references account (id),
  created_at bigint not null,
  starts_at bigint not null,
  ends_at bigint not null,
  audience text not null,
  courses text not null,
  terms integer not null,
  reminders text not null,
  keeps_out integer not null,
  opened_at bigint,
  closed_at bigint,
  sha256 text
);
create index renewal_open on renewal (starts_at) where closed_at is null;

create table renewal_line (
  renewal_id text not null references renewal (id),
  account_id text not null references account (id),
  username text not null,
  person text not null,
  sort_key text not null,
  reminded integer not null default 0,
  done_at bigint,
  outcome text,
  primary key (renewal_id, account_id)
);
create index renewal_line_by_account on renewal_line (account_id);

create table renewal_place (
  renewal_id text not null references renewal (id),
  organization_id text not null references organization (id),
  reminded integer not null default 0,
  primary key (renewal_id, organization_id)
);
`
