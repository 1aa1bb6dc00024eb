/** A chain of the audit log begins with what was there before it. */
export const birthOfAChain = `
alter table audit_chain add column birth text;
`
