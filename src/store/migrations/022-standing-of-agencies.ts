/** What an agency has bought and signed, and whether it shelters victims. */
export const standingOfAgencies = `
alter table organization add column
  licenses bigint;
alter table organization add column
  agreement_on text not null default '';
alter table organization add column
  billing text not null default '';
alter table organization add column
  is_victim_service integer not null default 0;
`
