/**
 * `node scripts/floors.ts`: imports under src/ go down the floors of the house or stay in their room, never up, never in a
 * circle. A room is the first folder under src. Tests beside the code may use the whole house.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Top to bottom. */
const floors: readonly (readonly string[])[] = [
  ['main', 'app', 'cli', 'demo', 'first-start', 'serve', 'services', 'listen', 'metrics', 'watch'],
  ['helpdesk', 'jobs'],
  ['sign-in', 'account-menu'],
  ['recovery', 'verification', 'terms', 'workspace', 'password', 'training'],
  ['session'],
  ['account', 'policy', 'throttle'],
  ['audit', 'mail'],
  ['store', 'web', 'settings', 'setting-kinds', 'refusals'],
]

/** Imports between rooms of one floor that are meant, each with its reason. */
const allowed: Readonly<Record<string, string>> = {
  'app → cli': 'the top floor puts the house together, in any order without a circle',
  'cli → app': 'as above',
  'main → app': 'as above',
  'main → first-start': 'as above',
  'main → serve': 'as above',
  'main → services': 'as above',
  'demo → first-start': 'as above',
  'demo → serve': 'as above',
  'demo → services': 'as above',
  'cli → services': 'as above',
  'serve → app': 'as above',
  'serve → listen': 'as above',
  'serve → metrics': 'as above',
  'app → watch': 'as above',
  'metrics → watch': 'as above',
  'settings → setting-kinds': 'one table and how its values are read',
  'setting-kinds → store': 'DATABASE_URL is read by the rules of its driver',
  'recovery → password': 'a forgotten password ends in a new one, under the same rules',
}

export interface Import {
  readonly from: string
  readonly to: string
  readonly line: number
  /** Gone at run time. */
  readonly typeOnly: boolean
}

const importPattern =
  /^[ \t]*(?:import|export)\b(?<type>[ \t]+type\b)?[^'"`;]*?\bfrom[ \t]*['"](?<from>[^'"]+)['"]|^[ \t]*import[ \t]*['"](?<bare>[^'"]+)['"]|\bimport\([ \t\n]*['"](?<call>[^'"]+)['"]/gm

/** The imports of one file that lead to files of the project, as paths from the project's folder. */
export function readImports(file: string, source: string): Import[] {
  return [...source.matchAll(importPattern)].flatMap(({ index, groups = {} }) => {
    const path = groups['from'] ?? groups['bare'] ?? groups['call'] ?? ''
    if (!path.startsWith('.')) return []
    const line = source.slice(0, index).split('\n').length
    return [{ from: file, to: join(file, '..', path), line, typeOnly: groups['type'] !== undefined }]
  })
}

const room = (file: string) => file.split('/')[1]?.replace(/\..*$/, '') ?? ''
const floorOf = (name: string) => floors.findIndex(floor => floor.includes(name))
const isTest = (file: string) => file.endsWith('.test.ts')

/** What is wrong with one import, or nothing. */
function fault({ from, to }: Import): string | undefined {
  if (isTest(from)) return undefined
  if (!to.startsWith('src/')) return 'leaves src'
  if (isTest(to)) return 'uses a test'
  const [own, other] = [room(from), room(to)]
  if (own === other) return undefined
  const [floor, otherFloor] = [floorOf(own), floorOf(other)]
  if (floor < 0 || otherFloor < 0) return `"${floor < 0 ? own : other}" has no floor in scripts/floors.ts`
  if (otherFloor < floor) return `goes up from ${own} to ${other}`
  if (otherFloor > floor || `${own} → ${other}` in allowed) return undefined
  return `goes from ${own} to ${other} on the same floor`
}

/** One circle for each group of names that lead back to themselves. */
function circles(edges: readonly (readonly [string, string])[]): string[] {
  const next = Map.groupBy(edges, ([from]) => from)
  const done = new Set<string>()
  const found: string[] = []
  const visit = (name: string, path: readonly string[]) => {
    const at = path.indexOf(name)
    if (at >= 0) found.push([...path.slice(at), name].join(' → '))
    if (at >= 0 || done.has(name)) return
    for (const [, to] of next.get(name) ?? []) visit(to, [...path, name])
    done.add(name)
  }
  for (const name of next.keys()) visit(name, [])
  return found
}

/** Every import that breaks the order of the floors, and every circle of rooms or of files. */
export function findFloorFaults(sources: Readonly<Record<string, string>>): string[] {
  const imports = Object.entries(sources).flatMap(([file, source]) => readImports(file, source))
  const inHouse = imports.filter(({ from, to }) => !isTest(from) && to.startsWith('src/'))
  const rooms = inHouse
    .map(({ from, to }) => [room(from), room(to)] as const)
    .filter(([own, other]) => own !== other)
  const files = inHouse.filter(({ typeOnly }) => !typeOnly).map(({ from, to }) => [from, to] as const)
  return [
    ...imports.flatMap(one => {
      const why = fault(one)
      return why === undefined ? [] : [`${one.from}:${one.line} imports ${one.to}: ${why}`]
    }),
    ...circles(rooms).map(circle => `rooms in a circle: ${circle}`),
    ...circles(files).map(circle => `files in a circle: ${circle}`),
  ]
}

/** All TypeScript files of a folder, by path. */
export function readSources(pattern: string | string[]): Record<string, string> {
  const files = globSync(pattern, { exclude: ['**/node_modules/**', 'bench/peers/**'] })
  return Object.fromEntries(files.sort().map(file => [file, readFileSync(file, 'utf8')]))
}

if (import.meta.main) {
  process.chdir(join(import.meta.dirname, '..'))
  const faults = findFloorFaults(readSources('src/**/*.ts'))
  for (const one of faults) process.stdout.write(`${one}\n`)
  process.exitCode = faults.length > 0 ? 1 : 0
}
