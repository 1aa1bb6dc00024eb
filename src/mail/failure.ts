/** Why a message was not taken, and what is known of it. */
export interface Failure {
  /** Names no person: for logs and figures. */
  readonly code: string
  /** The server's own words, or the system's; on one line, without what is secret. */
  readonly said: string
  /** Nothing but another address or another text would help. */
  readonly final: boolean
}

const longestSaid = 400
/** What a server may repeat of a message that it does not like: the token of a link opens an account. */
const token = /[\w-]{43,}/g
/** Status of RFC 3463 about the address or mailbox of the person; 5.1.7 and 5.1.8 are about the sender, 5.2.2 is a full mailbox. */
const personal = /\b5\.(?:1\.(?!7\b|8\b)|2\.(?!2\b))\d{1,3}\b/
const enhanced = /\b5\.\d\.\d{1,3}\b/
/** Signs that a server without such a status speaks of the sender, of its own lists or of room. */
const ofRelay =
  /relay|auth|denied|block|list|spam|reputation|policy|rate|sender|client|quota|full|space|greylist|try again/i
/** Refuse the address alone; others of the kind speak of the whole conversation. */
const ofAddress = new Set([550, 551, 553])

const oneLine = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, longestSaid)

const textOf = (error: object, name: string): string =>
  name in error ? String((error as Record<string, unknown>)[name]) : ''

/**
 * What went wrong with one try. Only a refusal of the person's own address is final; what ails the relay, its password,
 * its lists or the way to it is mended by somebody, and the message goes then.
 */
export function readFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'EUNKNOWN', said: '', final: false }
  const status = Number(textOf(error, 'responseCode')) || undefined
  const code = textOf(error, 'code') || 'EUNKNOWN'
  const reply = textOf(error, 'response')
  const said = oneLine((reply === '' ? error.message : reply).replace(token, '…'))
  const final =
    textOf(error, 'command') === 'RCPT TO' &&
    status !== undefined &&
    status >= 500 &&
    (enhanced.test(reply) ? personal.test(reply) : ofAddress.has(status) && !ofRelay.test(reply))
  const cause = status ?? textOf(error, 'originalCode')
  return { code: `${code} ${cause}`.trim(), said, final }
}
