/**
 * Which words are of the person and which only of an organization of theirs: an agent with a limit finds people by their
 * own words and by the organizations in the limit. Nothing is told apart in the store yet; clean-up writes the words anew.
 */
export const ownWords = `
alter table account_word add column is_own integer not null default 0;
drop index account_word_of_account;
create index account_word_of_account on account_word (account_id, word, is_own);
`
