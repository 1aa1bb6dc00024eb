/** The printed card of codes that a person may have; `hashes` are null when it was taken away. */
export const codeCards = `
create table code_card (
  account_id text primary key references account (id),
  serial integer not null,
  salt text not null,
  hashes text,
  next_number integer not null,
  made_at bigint not null,
  last_used_at bigint
);
`
