import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { type Language, languageTags } from './language.ts'

/** The same texts in several languages. */
type Languages<Words> = { readonly en: Words } & Readonly<Partial<Record<Language, Words>>>

/** Makes the lookup of a feature's words: the whole tag first (`es-MX`), then its language (`es`), then English. */
export function vocabulary<Words>(languages: Languages<Words>): (language: string) => Words {
  const known = new Map<string, Words>(Object.entries(languages))
  return language => known.get(language) ?? known.get(language.split('-', 1)[0] ?? '') ?? languages.en
}

/**
 * The texts of a feature in every language of the registry: for `words.ts`, what `words.en.ts`, `words.es.ts` and so on export
 * as `words`. A file that is missing stops the start.
 *
 * @param url `import.meta.url` of the feature's `words.ts`
 */
export function inEveryLanguage<Words>(url: string): Readonly<Record<Language, Words>> {
  const load = createRequire(url)
  const read = (tag: Language): Words => load(`./${basename(url, '.ts')}.${tag}.ts`).words
  return Object.fromEntries(languageTags.map(tag => [tag, read(tag)])) as Record<Language, Words>
}
