/** Plain links on everyone's Home: guides, request forms, the vendor's own sign-in. */
export const homeLinks = `
create table home_link (
  id text primary key,
  name text not null,
  address text not null,
  purpose text not null,
  created_at bigint not null,
  version integer not null
);
`
