import type { Failure } from './failure.ts'

const certificate = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/
const remedies: readonly (readonly [fits: RegExp, does: string])[] = [
  [
    /^EAUTH/,
    'The mail server does not take the name and password in SMTP_URL, or asks for some. Check them; write % as %25 and @ as %40.',
  ],
  [
    /^ETLS/,
    'The mail server offers no encryption, and a password never crosses a network in clear. Use a server that does, or smtps://.',
  ],
  [
    certificate,
    'The certificate of the mail server is not trusted, or was made for another name. Name the file of its authority in NODE_EXTRA_CA_CERTS, and in SMTP_URL the name that it was made for.',
  ],
  [
    /ERR_SSL|EPROTO|EPROTOCOL|EGREETING/,
    'What answers there does not speak as SMTP_URL says: smtps:// is for port 465, smtp:// for ports 587 and 25.',
  ],
  [/EDNS|ENOTFOUND|EAI_AGAIN/, 'The name of the mail server in SMTP_URL cannot be found. Check it.'],
  [
    /ECONNREFUSED/,
    'Nothing answers at that port of the mail server. Check the port in SMTP_URL, and that the server runs.',
  ],
  [
    /ETIMEDOUT|ETIMEOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ECONNECTION|ESOCKET/,
    'The mail server cannot be reached or breaks off. Check the name and port in SMTP_URL, and that no firewall is between.',
  ],
  [
    /^EENVELOPE/,
    'The mail server refuses the sender or the address. Check that it lets LINTEL_MAIL_FROM send from this machine.',
  ],
  [/^EADDRESS/, 'Mail cannot go to this address. Correct it.'],
  [/^ELATE/, 'The mail server took it too late: the link in it would have been dead. Send a new one.'],
  [/^ERESTORE/, 'A backup was put in place while it waited, and its link is dead. Send a new one.'],
  [/^ESEAL/, 'The key that it was sealed with is no longer there. Send a new one.'],
]

/** What somebody can do about a message that was not taken. */
export const remedyOf = ({ code }: Pick<Failure, 'code'>): string =>
  remedies.find(([fits]) => fits.test(code))?.[1] ?? 'The mail server did not take it. Its own words say why.'
