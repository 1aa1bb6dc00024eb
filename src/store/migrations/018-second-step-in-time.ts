/** A second step that is asked for from a day on, and of some; and computers on which it is not asked for each time. */
export const secondStepInTime = `
create table two_step_duty (
  kind text not null,
  target text not null,
  from_at bigint not null,
  primary key (kind, target)
);
alter table account add column two_step_noticed_for bigint;
create table own_computer (
  id text primary key,
  account_id text not null references account (id),
  token_hash text not null unique,
  epoch bigint not null,
  user_agent text not null,
  address text not null,
  added_at bigint not null,
  used_at bigint not null,
  expires_at bigint not null
);
create index own_computer_account on own_computer (account_id);
alter table pending_sign_in add column keeps_computer integer not null default 0;
`
