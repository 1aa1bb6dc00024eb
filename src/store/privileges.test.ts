import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Right, rightsOfRunning } from './privileges.ts'

const source = join(import.meta.dirname, '..')
const does: Readonly<Record<string, Right>> = {
  insertInto: 'insert',
  putsRows: 'insert',
  updateTable: 'update',
  sealedIn: 'update',
  deleteFrom: 'delete',
}
/** Tables that a statement names by a variable. */
const named: Readonly<Record<string, readonly string[]>> = { kind: ['organization', 'workgroup'] }

/** What a file does to which tables: its statements, each up to the next. */
function deedsIn(text: string): readonly (readonly [table: string, right: Right])[] {
  const starts = [
    ...text.matchAll(/\b(insertInto|putsRows|updateTable|sealedIn|deleteFrom)\(\s*(?:'(\w+)'|(\w+))/g),
  ]
  return starts.flatMap(({ index, 1: verb = '', 2: table, 3: variable = '' }, number) => {
    const right = does[verb] ?? 'delete'
    const rest = text.slice(index, starts[number + 1]?.index)
    const rights: readonly Right[] = rest.includes('doUpdateSet(') ? [right, 'update'] : [right]
    const tables = table === undefined ? (named[variable] ?? [`${verb}(${variable})`]) : [table]
    return tables.flatMap(name => rights.map(one => [name, one] as const))
  })
}

test('a role that runs Lintel may do to each table what the program does, and nothing else', () => {
  const found: Record<string, Set<Right>> = {}
  for (const file of globSync('**/*.ts', { cwd: source })) {
    if (file.endsWith('.test.ts') || file.startsWith('demo/')) continue
    for (const [table, right] of deedsIn(readFileSync(join(source, file), 'utf8'))) {
      found[table] ??= new Set()
      found[table].add(right)
    }
  }
  const inOrder = (rights: Iterable<Right>) => [...rights].toSorted()
  assert.deepEqual(
    Object.fromEntries(Object.entries(found).map(([table, rights]) => [table, inOrder(rights)])),
    Object.fromEntries(Object.entries(rightsOfRunning).map(([table, rights]) => [table, inOrder(rights)])),
  )
})
