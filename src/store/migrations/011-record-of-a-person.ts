/** How the helpdesk reaches a person at work, which organization is theirs first, and the address that serves at sign-in. */
export const recordOfAPerson = `
alter table account add column
  work_phone text not null default '';
alter table account add column
  work_extension text not null default '';
alter table account add column
  job_title text not null default '';
alter table account add column
  supervisor text not null default '';
alter table account add column
  sign_in_email_key text;
create unique index account_by_sign_in_email on account (sign_in_email_key);
alter table account_organization add column is_primary integer not null default 0;
create unique index primary_of_account on account_organization (account_id) where is_primary = 1;
`
