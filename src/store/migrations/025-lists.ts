/** Lists of people that another system has, one of each agent, and how their columns are read. */
export const lists = `
create table vendor_list (
  account_id text primary key references account (id),
  id text not null,
  file_name text not null,
  uploaded_at bigint not null,
  content_sealed text not null
);
create table list_mapping (
  account_id text not null references account (id),
  purpose text not null,
  name text not null,
  columns text not null,
  changed_at bigint not null,
  primary key (account_id, purpose, name)
);
`
