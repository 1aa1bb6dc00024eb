import type { Context } from 'hono'
import { accepts } from 'hono/accepts'

/** The languages that pages for everyone are written in, by tag (BCP 47), each called by its own name. */
export const languages = { en: 'English', es: 'Español' } as const

export type Language = keyof typeof languages

/** The language of what an agency writes itself: terms and news (WCAG 3.1.2). */
export const agencyLanguage: Language = 'en'

export const languageTags = Object.keys(languages) as readonly Language[]

export const isLanguage = (text: string | undefined): text is Language =>
  text !== undefined && Object.hasOwn(languages, text)

/** The best of our languages for what a browser asks for in `Accept-Language` (RFC 9110, 12.5.4); English when it names none. */
export function preferredLanguage(c: Context): Language {
  const best = accepts(c, {
    header: 'Accept-Language',
    supports: [...languageTags],
    default: 'en',
    match: wishes =>
      wishes
        .filter(({ q }) => q > 0)
        .map(({ type }) => type.toLowerCase().split('-', 1)[0])
        .find(isLanguage) ?? 'en',
  })
  return isLanguage(best) ? best : 'en'
}
