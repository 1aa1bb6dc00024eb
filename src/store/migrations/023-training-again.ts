/** Training that was finished before a day no longer counts, for who comes back after a long time. */
export const trainingAgain = `
alter table account add column
  training_since bigint;
`
