/**
 * `node scripts/docs.ts [--check]`: fills the tables of README.md and docs/ that are made from the code, each between
 * `<!-- generated:NAME -->` and `<!-- end -->`. With --check nothing is written and a table out of date is a failure.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { policyTable } from '../src/policy/table.ts'
import { settingsTable } from '../src/settings.ts'
import { asvsDocument, countAnswers } from './asvs.ts'
import { listAttacks } from './attacks.ts'
import { readLock, runTimeParts } from './licences.ts'
import { riskyUses } from './risky-uses.ts'

export type Generators = Readonly<Record<string, () => string>>

const cell = (value: unknown) =>
  String(value)
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ')

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map(line => `| ${line.map(cell).join(' | ')} |`).join('\n')
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.join(', ') || 'none'
  return value === '' || value === null || value === undefined ? 'empty' : String(value)
}

export const generators: Generators = {
  settings: () =>
    table(
      ['Setting', 'Default', 'Meaning'],
      Object.entries(settingsTable).map(([name, row]) => [`\`${name}\``, row.default, row.meaning]),
    ),
  policy: () =>
    table(
      ['Group', 'Policy', 'Default', 'Range', 'Meaning', 'Source'],
      Object.entries(policyTable).map(([name, row]) => [
        row.group,
        `\`${name}\``,
        shown(row.default),
        row.range,
        row.meaning,
        row.source,
      ]),
    ),
  parts: () =>
    table(
      ['Part', 'Version', 'Licence'],
      runTimeParts(readLock()).map(({ name, version, licence }) => [`\`${name}\``, version, licence]),
    ),
  asvs: () =>
    table(
      ['Chapter', 'Shown', 'Partly', 'Open', 'Later', 'Not here', 'All'],
      countAnswers(readFileSync(asvsDocument, 'utf8')),
    ),
  attacks: () =>
    listAttacks()
      .map(([about, rows]) => `## ${about}\n\n${table(['Attack, and what comes of it', 'Test'], rows)}`)
      .join('\n\n'),
  risky: () =>
    table(
      ['What', 'Where', 'What for'],
      riskyUses.flatMap(({ what, allowed }) => {
        const places = Object.entries(allowed)
        return places.length === 0
          ? [[what, 'nowhere', '']]
          : places.map(([file, why]) => [what, `\`${file}\``, why])
      }),
    ),
}

const marked = /(<!-- generated:([\w-]+) -->\n)(.*?)(<!-- end -->)/gs

/** The text with every generated part made anew. Throws for a name without a generator and for a part without an end. */
export function refresh(text: string, from: Generators = generators): string {
  const parts = [...text.matchAll(marked)]
  if (parts.length !== text.split('<!-- generated:').length - 1) {
    throw new Error('a "<!-- generated:NAME -->" line lacks its "<!-- end -->"')
  }
  return text.replace(marked, (_whole, start: string, name: string, _old: string, end: string) => {
    const generate = from[name]
    if (generate === undefined) throw new Error(`nothing generates "${name}"`)
    return `${start}\n${generate()}\n\n${end}`
  })
}

if (import.meta.main) {
  process.chdir(join(import.meta.dirname, '..'))
  const check = process.argv.includes('--check')
  for (const file of globSync(['README.md', 'docs/**/*.md']).sort()) {
    const text = readFileSync(file, 'utf8')
    const fresh = refresh(text)
    if (fresh === text) continue
    if (!check) writeFileSync(file, fresh)
    else process.exitCode = 1
    process.stdout.write(
      check ? `${file} is out of date: run "node scripts/docs.ts"\n` : `${file} is up to date again\n`,
    )
  }
}
