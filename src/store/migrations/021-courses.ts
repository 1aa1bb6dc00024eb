/** Courses in Moodle, the workgroups that they are for, and who finished which. */
export const courses = `
create table course (
  id text primary key,
  moodle_id bigint not null,
  name text not null,
  workgroups text not null default '[]',
  created_at bigint not null,
  retired_at bigint,
  version integer not null
);
create unique index course_by_moodle_id on course (moodle_id) where retired_at is null;

create table course_finish (
  account_id text not null references account (id),
  course_id text not null references course (id),
  finished_at bigint not null,
  primary key (account_id, course_id)
);
`
