/** A place is an organization or a workgroup; a key that signs for applications has a stage. */
export const stageOfASigningKey = `
alter table signing_key rename column place to stage;
`
