/** A person may have several authenticators. A replacement that was being paired is begun again. */
export const severalAuthenticators = `
create table authenticator_of_several (
  id text primary key,
  account_id text not null references account (id),
  name text,
  secret_sealed text not null,
  last_step bigint not null,
  added_at bigint not null,
  last_used_at bigint not null
);
insert into authenticator_of_several (id, account_id, secret_sealed, last_step, added_at, last_used_at)
  select account_id, account_id, secret_sealed, last_step, turned_on_at,
    case when last_step * 30000 > turned_on_at then last_step * 30000 else turned_on_at end
  from authenticator;
drop table authenticator;
alter table authenticator_of_several rename to authenticator;
create index authenticator_of_account on authenticator (account_id);
update session set pairing_sealed = null;
update pending_sign_in set pairing_sealed = null;
`
