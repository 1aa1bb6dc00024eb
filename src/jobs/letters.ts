import { helpdeskOf, letter, mailLanguage } from '../mail/letter.ts'
import { queueMail } from '../mail/queue.ts'
import { facts, link, oneLine, paragraph } from '../mail/render.ts'
import { wordsFor } from '../mail/words.ts'
import type { Policy } from '../policy/table.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { timeInWords } from '../web/time.ts'

/** What a letter of the clock is about. */
type LetterKind = 'dormancy-notice' | 'suspension-ended' | 'training-notice' | 'two-step-due'

interface Addressee {
  readonly id: string
  readonly email: string
  readonly first_name: string
  readonly username: string
  readonly language: string
}

/** Tells a person by mail what the clock brings; nobody without an address. `at`: the moment it is about. */
export async function queueLetter(
  { keyring, settings }: Pick<Services, 'keyring' | 'settings'>,
  tx: Tx,
  kind: LetterKind,
  to: Addressee,
  given: { readonly policy: Policy; readonly at: number; readonly now: number },
): Promise<void> {
  if (to.email === '') return
  const { policy, at, now } = given
  const language = mailLanguage(to.language)
  const words = wordsFor(language)
  const { subject, what } = words.lifecycle[kind]
  const body = letter({ language, policy, subject, firstName: to.first_name }, [
    paragraph(what(timeInWords(at, policy.timeZone, language))),
    facts([words.username, oneLine(to.username)]),
    link(words.lifecycle.signIn, `${settings.LINTEL_ORIGIN}/sign-in`),
    paragraph(words.lifecycle.help(helpdeskOf(policy, language))),
  ])
  await queueMail(tx, keyring, { kind, accountId: to.id, recipient: to.email, subject, ...body }, now)
}
