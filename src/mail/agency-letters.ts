import type { Keyring } from '../store/keyring.ts'
import type { Tx } from '../store/store.ts'
import { helpdeskOf, letter, type MailPolicy, mailLanguage } from './letter.ts'
import { queueMail } from './queue.ts'
import { facts, link, oneLine, paragraph } from './render.ts'
import { type AgencyLetterKind, wordsFor } from './words.ts'

export type { AgencyLetterKind } from './words.ts'

/** Somebody who is written to. */
export interface Reader {
  readonly id: string
  readonly email: string
  readonly first_name: string
  readonly language: string
}

export interface AgencyLetter {
  readonly kind: AgencyLetterKind
  readonly organization: string
  /** The person a request is about, or the name of a review. */
  readonly about?: string
  /** A day in words, in the reader's language. */
  readonly day?: (language: string) => string
  /** The contact who reported it, for the helpdesk. */
  readonly by?: string
  /** What the helpdesk said. */
  readonly answer?: string
  /** Page of ours. */
  readonly path?: string
}

/** The parts of a letter that every one needs. */
export interface LetterParts {
  readonly keyring: Keyring
  readonly settings: { readonly LINTEL_ORIGIN: string }
}

/** Writes to a person or a contact; to who has no address nothing goes. */
export const writeToReader = (
  parts: LetterParts,
  tx: Tx,
  policy: MailPolicy,
  to: Reader,
  given: AgencyLetter,
  now: number,
): Promise<void> => write(parts, tx, policy, to, given, now)

/** Writes to the helpdesk's own address, when it has one. */
export const writeToHelpdesk = (
  parts: LetterParts,
  tx: Tx,
  policy: MailPolicy,
  given: AgencyLetter,
  now: number,
): Promise<void> =>
  write(
    parts,
    tx,
    policy,
    { id: null, email: policy.helpdeskEmail, first_name: '', language: 'en' },
    given,
    now,
  )

async function write(
  { keyring, settings }: LetterParts,
  tx: Tx,
  policy: MailPolicy,
  to: Omit<Reader, 'id'> & { readonly id: string | null },
  given: AgencyLetter,
  now: number,
): Promise<void> {
  if (to.email === '') return
  const language = mailLanguage(to.language)
  const words = wordsFor(language)
  const { subject, what } = words.agency[given.kind]
  const parts = words.agencyParts
  const [organization, about] = [oneLine(given.organization), oneLine(given.about ?? '')]
  const known = [
    ...(given.by === undefined ? [] : [[parts.by, oneLine(given.by)] as const]),
    ...(given.answer ? [[parts.answer, oneLine(given.answer)] as const] : []),
  ]
  const body = letter({ language, policy, subject, firstName: to.first_name }, [
    paragraph(what(organization, about, given.day?.(language) ?? '')),
    ...(known.length === 0 ? [] : [facts(...known)]),
    ...(given.path === undefined ? [] : [link(parts.open, settings.LINTEL_ORIGIN + given.path)]),
    ...(to.id === null ? [] : [paragraph(parts.wrong(helpdeskOf(policy, language)))]),
  ])
  const message = { kind: given.kind, accountId: to.id, recipient: to.email, subject, ...body }
  await queueMail(tx, keyring, message, now)
}
