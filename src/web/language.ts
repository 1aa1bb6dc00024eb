/** The languages that pages for everyone are written in, by tag (BCP 47), each called by its own name. */
export const languages = { en: 'English', es: 'Español' } as const

export type Language = keyof typeof languages

/** Of what an agency writes by itself: terms and news (WCAG 3.1.2). */
export const agencyLanguage: Language = 'en'

export const languageTags = Object.keys(languages) as readonly Language[]

export const isLanguage = (text: string | undefined): text is Language =>
  text !== undefined && Object.hasOwn(languages, text)

/** More than any browser sends; what follows is not read. */
const mostWishes = 32

/** The best of our languages for what a browser asks for in `Accept-Language` (RFC 9110, 12.5.4); English when it names none. */
export function preferredLanguage(accepted: string | undefined): Language {
  let best: { readonly language: Language; readonly weight: number } | undefined
  for (const wish of (accepted ?? '').split(',', mostWishes)) {
    const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';')
    const language = tag.split('-', 1)[0]?.trim()
    if (!isLanguage(language)) continue
    const weight = weightOf(parameters)
    if (weight > (best?.weight ?? 0)) best = { language, weight }
  }
  return best?.language ?? 'en'
}

function weightOf(parameters: readonly string[]): number {
  const given = parameters.map(parameter => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1])
  const weight = given.find(text => text !== undefined)
  return weight === undefined ? 1 : Number(weight)
}
