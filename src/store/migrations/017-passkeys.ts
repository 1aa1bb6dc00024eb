/**
 * Passkeys and security keys. A row stays when it was removed, without the public key, so that nobody adds the same one
 * again. Challenges are rows only once they were spent.
 */
export const passkeys = `
create table passkey (
  id text primary key,
  account_id text not null references account (id),
  kind text not null,
  credential_id text not null unique,
  public_key_sealed text,
  user_handle text not null,
  rp_id text not null,
  backup_eligible integer not null,
  backed_up integer not null,
  sign_count bigint not null,
  transports text not null,
  name text not null,
  added_at bigint not null,
  last_used_at bigint
);
create index passkey_account on passkey (account_id);
create table spent_challenge (
  hash text primary key,
  expires_at bigint not null
);
create index spent_challenge_expires on spent_challenge (expires_at);
`
