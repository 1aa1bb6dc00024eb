/** Leaving an organization, or moving to another, when a day is over; and what is done to several people at once. */
export const moves = `
create table planned_leave (
  account_id text not null,
  organization_id text not null,
  moved_to text references organization (id),
  workgroups text not null,
  last_day text not null,
  due_at bigint not null,
  reason text not null,
  primary key (account_id, organization_id),
  foreign key (account_id, organization_id)
    references account_organization (account_id, organization_id) on delete cascade
);
create index planned_leave_due on planned_leave (due_at);
create index planned_leave_by_aim on planned_leave (moved_to) where moved_to is not null;

create table many_act (
  id text primary key,
  agent_id text not null references account (id),
  people text not null,
  verb text,
  entry text,
  created_at bigint not null,
  changed integer
);
create index many_act_by_time on many_act (created_at);
create index many_act_by_agent on many_act (agent_id);
`
