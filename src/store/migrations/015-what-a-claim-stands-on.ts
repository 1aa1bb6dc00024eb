/** Claims that applications trust: who may give a workgroup, and whether a mailed link has proved an email address. */
export const whatAClaimStandsOn = `
alter table workgroup add column
  given_by text not null default 'helpdesk';
update workgroup set given_by = 'administrators' where name = 'System Administrators';
alter table account add column email_proven_at bigint;
`
