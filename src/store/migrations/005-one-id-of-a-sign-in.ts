/**
 * A sign-in has one id from the right password to its end, whatever its cookie holds, and says what was proven and when.
 * Sessions that were open gave a password, and a code where one was asked for.
 */
export const oneIdOfASignIn = `
alter table pending_sign_in rename column id_hash to token_hash;
alter table pending_sign_in add column
  id text not null default '';
alter table pending_sign_in add column
  proofs text not null default '{}';
update pending_sign_in set id = token_hash, proofs = '{"password":' || created_at
  || case when code_proven_at is null then '' else ',"code":' || code_proven_at end || '}';
alter table pending_sign_in drop column code_proven_at;
create unique index pending_sign_in_by_id on pending_sign_in (id);

alter table session rename column id_hash to token_hash;
alter table session rename column previous_id_hash to previous_token_hash;
alter table session add column
  id text not null default '';
alter table session add column
  proofs text not null default '{}';
update session set id = token_hash, proofs = '{"password":' || coalesce(reauthenticated_at, created_at)
  || case when exists (select 1 from authenticator where authenticator.account_id = session.account_id)
    then ',"code":' || created_at else '' end || '}';
create unique index session_by_id on session (id);

alter table kept_form rename column session_id_hash to session_id;
`
