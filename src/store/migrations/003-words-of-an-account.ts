/** Tells whether an account has a word is told by the index alone: a search for two common words asks it of very many accounts. */
export const wordsOfAnAccount = `
drop index account_word_by_account;
create index account_word_of_account on account_word (account_id, word);
`
