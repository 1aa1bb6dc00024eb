/** The words of a mail server stand with the message; a message with a link is of no use once the link is dead. */
export const whatAMailServerSaid = `
alter table mail add column server_said text;
alter table mail add column useful_until bigint;
`
