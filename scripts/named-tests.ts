/**
 * Documents may only claim what is there. In a table a claim is `file.test.ts` › name of the test, up to the end of the
 * cell or the next ` · `; `…` in a name stands for a value that the test puts there. `npm run check` › name is one of its steps.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const claimed = /`([^`]+\.test\.ts|npm run check)` › (.+?)(?: · | \|$)/gm
const linked = /\]\(([^)#\s:]*)(?:#([^)\s]+))?\)/g

const asPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Tells whether a source holds a text of exactly this name. */
export function isNamed(source: string, name: string): boolean {
  const pattern = name.split('…').map(asPattern).join('\\$\\{[^`]+?\\}')
  return new RegExp(`(['"\`])${pattern}\\1`).test(source)
}

/** Problems with the tests and checks that a document names; empty: nothing. */
export function missingTests(document: string): readonly string[] {
  return [...document.matchAll(claimed)].flatMap(([, where = '', name = '']) => {
    const file = where === 'npm run check' ? 'scripts/check.ts' : where
    if (!existsSync(file)) return [`${file} does not exist`]
    return isNamed(readFileSync(file, 'utf8'), name) ? [] : [`${file} has no "${name}"`]
  })
}

/** The name under which a heading is found in an address. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

/** Problems with the links of a document to files of the project and their headings; empty: nothing. */
export function missingLinks(path: string, document: string): readonly string[] {
  return [...document.matchAll(linked)].flatMap(([, target = '', anchor]) => {
    const file = target === '' ? path : join(dirname(path), target)
    if (!existsSync(file)) return [`${file} does not exist`]
    if (anchor === undefined) return []
    const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)
    return [...headings].some(([, heading = '']) => anchorOf(heading) === anchor)
      ? []
      : [`${file} has no heading #${anchor}`]
  })
}
