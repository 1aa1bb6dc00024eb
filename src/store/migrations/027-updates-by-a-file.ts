/** A file of people may update the accounts that are here. */
export const updatesByAFile = `
alter table people_import add column kind text not null default 'new';
alter table people_import add column rows_same integer not null default 0;
`
