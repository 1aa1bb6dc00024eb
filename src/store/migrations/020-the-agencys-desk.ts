/** An agency's contacts, what they ask for and report, and the reviews that they confirm. */
export const theAgencysDesk = `
alter table account_organization add column
  last_sign_in_at bigint;
update account_organization set last_sign_in_at =
  (select account.last_sign_in_at from account where account.id = account_id)
  where organization_id = (select coalesce(account.last_organization_id, account_organization.organization_id)
    from account where account.id = account_id)
  and (exists (select 1 from account where account.id = account_id and account.last_organization_id is not null)
    or (select count(*) from account_organization other where other.account_id = account_organization.account_id) = 1);

create table agency_contact (
  account_id text not null,
  organization_id text not null,
  since bigint not null,
  primary key (account_id, organization_id),
  foreign key (account_id, organization_id)
    references account_organization (account_id, organization_id) on delete cascade
);
create index agency_contact_by_organization on agency_contact (organization_id);

create table leaver_report (
  id text primary key,
  organization_id text not null references organization (id),
  account_id text not null references account (id),
  reported_by text not null references account (id),
  reported_at bigint not null,
  last_day text not null,
  due_at bigint not null,
  done_at bigint,
  ended_account integer not null default 0,
  taken_back_at bigint
);
create index leaver_report_by_organization on leaver_report (organization_id, reported_at);
create index leaver_report_by_report on leaver_report (reported_at);
create index leaver_report_due on leaver_report (due_at) where done_at is null and taken_back_at is null;

create table agency_request (
  id text primary key,
  kind text not null,
  organization_id text not null references organization (id),
  account_id text references account (id),
  entry text not null,
  asked_by text not null references account (id),
  asked_at bigint not null,
  state text not null,
  changed_at bigint not null,
  answer text not null default '',
  version integer not null
);
create index agency_request_by_state on agency_request (state, asked_at);
create index agency_request_by_organization on agency_request (organization_id, asked_at);

create table access_review (
  id text primary key,
  name text not null,
  started_by text not null references account (id),
  started_at bigint not null,
  due_at bigint not null,
  reminders text not null,
  settle_at bigint,
  settled_at bigint,
  closed_at bigint,
  sha256 text
);
create index access_review_open on access_review (due_at) where closed_at is null;

create table access_review_place (
  review_id text not null references access_review (id),
  organization_id text not null references organization (id),
  name text not null,
  reminded integer not null,
  primary key (review_id, organization_id)
);
create index access_review_place_by_organization on access_review_place (organization_id);

create table access_review_line (
  review_id text not null references access_review (id),
  organization_id text not null references organization (id),
  account_id text not null references account (id),
  username text not null,
  person text not null,
  sort_key text not null,
  answer text,
  detail text not null default '',
  answered_by text references account (id),
  answered_name text,
  answered_at bigint,
  outcome text,
  primary key (review_id, organization_id, account_id)
);
create index access_review_line_in_order on access_review_line (review_id, organization_id, sort_key, account_id);
`
