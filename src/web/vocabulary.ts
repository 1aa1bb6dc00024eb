/**
 * Makes the lookup of a feature's words: the whole tag first (`es-MX`), then its language (`es`), then English.
 */
export function vocabulary<Words>(
  languages: { readonly en: Words } & Readonly<Record<string, Words>>,
): (language: string) => Words {
  const known = new Map<string, Words>(Object.entries(languages))
  return language => known.get(language) ?? known.get(language.split('-', 1)[0] ?? '') ?? languages.en
}
