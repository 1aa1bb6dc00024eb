import { type Block, type Body, oneLine, paragraph, render } from './render.ts'
import { wordsFor } from './words.ts'

/** The agency's details in emails; a part of the policy. */
export interface MailPolicy {
  readonly siteName: string
  readonly helpdeskName: string
  readonly helpdeskEmail: string
  readonly helpdeskPhone: string
  /** IANA zone of the times shown. */
  readonly timeZone: string
}

/** Name of the helpdesk and how to reach it, in one phrase. */
export function helpdeskOf(policy: MailPolicy, language: string): string {
  const ways = [policy.helpdeskPhone, policy.helpdeskEmail].filter(way => way !== '')
  return wordsFor(language).helpdesk(policy.helpdeskName, ways)
}

/** The language of a person's mail: the one they chose, else that of the page which it follows from, else English. */
export const mailLanguage = (chosen: string, page = 'en'): string => (chosen === '' ? page : chosen)

/** A whole message: greeting, what there is to say, and whom to ask where it has not said so. */
export function letter(
  given: {
    readonly language: string
    readonly policy: MailPolicy
    readonly subject: string
    readonly firstName: string
  },
  blocks: readonly Block[],
): Body {
  const words = wordsFor(given.language)
  const helpdesk = helpdeskOf(given.policy, given.language)
  const isNamed = blocks.some(block => block.kind === 'text' && block.text.includes(helpdesk))
  return render(
    {
      language: given.language,
      subject: given.subject,
      site: given.policy.siteName,
      foot: isNamed ? words.neverAsks : `${words.neverAsks} ${words.questions(helpdesk)}`,
    },
    [paragraph(words.greeting(oneLine(given.firstName))), ...blocks],
  )
}
