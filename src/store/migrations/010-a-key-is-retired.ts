/** A key that somebody has seen is retired: it proves nothing from then on, and may be taken out of the secret file. */
export const aKeyIsRetired = `
alter table secret_key add column retired_at bigint;
`
