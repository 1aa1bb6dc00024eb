/**
 * `node scripts/floors.ts`: imports under src/ go down the floors of the house or stay in their room, never up, never in a
 * circle. A room is a file or a folder; the rule holds between the rooms of every folder, however deep. Tests beside the
 * code may use the whole house.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The floors of a folder, top to bottom. Rooms of one floor do not know each other, but for `meant`. A folder that is not
 * listed here has no floors: its rooms only never form a circle.
 */
export interface Floors {
  readonly floors: readonly (readonly string[])[]
  /** Imports on one floor, each with its reason. */
  readonly meant: Readonly<Record<string, string>>
}

const house: Readonly<Record<string, Floors>> = {
  src: {
    floors: [
      ['main', 'demo'],
      ['serve'],
      ['cli', 'app', 'first-start', 'listen', 'metrics'],
      ['figures'],
      ['services', 'watch', 'certificate', 'endpoints'],
      ['helpdesk', 'agency-desk', 'jobs'],
      ['openid'],
      ['agency'],
      ['administration'],
      ['sign-in', 'account-menu'],
      ['recovery', 'verification', 'terms', 'workspace', 'password', 'training'],
      ['session'],
      ['applications'],
      ['account', 'policy', 'throttle'],
      ['audit', 'mail'],
      ['settings'],
      ['setting-kinds', 'secret-settings'],
      ['store', 'web', 'refusals'],
    ],
    meant: {
      'account → policy':
        'a new address serves at sign-in where policy says so, in the transaction that gives it',
      'recovery → password': 'a forgotten password ends in a new one, under the same rules',
    },
  },
  'src/helpdesk': {
    floors: [
      ['routes'],
      [
        'front-page',
        'two-step-duties',
        'create',
        'many',
        'sheets',
        'organizations',
        'workgroups',
        'training',
        'reports',
        'import',
        'compare',
        'applications',
        'requests',
        'reviews',
        'renewals',
        'courses',
      ],
      ['policy', 'terms', 'news', 'person', 'audit'],
      ['people'],
      ['shared'],
    ],
    meant: {
      'front-page → training': 'a queue counts who is trained and has no account',
      'create → training': 'an account is made of a candidate, behind the gate of training',
      'requests → training': 'whose account is asked for is looked up in Moodle',
      'requests → organizations': 'a request shows how many licenses its organization has left',
      'create → requests': 'an account answers the request that it is made for',
      'workgroups → organizations': 'two lists with the same life share their pages',
    },
  },
}

export interface Import {
  readonly from: string
  readonly to: string
  readonly line: number
}

const importPattern =
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom[ \t]*['"](?<from>[^'"]+)['"]|^[ \t]*import[ \t]*['"](?<bare>[^'"]+)['"]|\bimport\([ \t\n]*['"](?<call>[^'"]+)['"]/gm

/** The imports of one file that lead to files of the project, as paths from the project's folder. */
export function readImports(file: string, source: string): Import[] {
  return [...source.matchAll(importPattern)].flatMap(({ index, groups = {} }) => {
    const path = groups['from'] ?? groups['bare'] ?? groups['call'] ?? ''
    if (!path.startsWith('.')) return []
    const line = source.slice(0, index).split('\n').length
    return [{ from: file, to: join(file, '..', path), line }]
  })
}

const isTest = (file: string) => file.endsWith('.test.ts')

/** An import as seen from the one folder that holds both ends: which of its rooms imports which. */
interface Step {
  readonly folder: string
  readonly own: string
  readonly other: string
}

function stepOf({ from, to }: Pick<Import, 'from' | 'to'>): Step | undefined {
  const [a, b] = [from.split('/'), to.split('/')]
  const at = a.findIndex((name, index) => name !== b[index])
  const room = (path: readonly string[]) => (path[at] ?? '').replace(/\..*$/, '')
  if (at < 0 || room(a) === room(b)) return undefined
  return { folder: a.slice(0, at).join('/'), own: room(a), other: room(b) }
}

/** Problems with one import, or nothing. */
function fault({ from, to }: Import, plan: typeof house): string | undefined {
  if (isTest(from)) return undefined
  if (from.startsWith('src/demo/') && to.startsWith('examples/')) return undefined
  if (!to.startsWith('src/')) return 'leaves src'
  if (isTest(to)) return 'uses a test'
  const step = stepOf({ from, to })
  const floors = step && plan[step.folder]
  if (step === undefined || floors === undefined) return undefined
  const { folder, own, other } = step
  const floorOf = (name: string) => floors.floors.findIndex(floor => floor.includes(name))
  const [floor, otherFloor] = [floorOf(own), floorOf(other)]
  if (floor < 0 || otherFloor < 0)
    return `"${floor < 0 ? own : other}" has no floor of ${folder} in scripts/floors.ts`
  if (otherFloor < floor) return `goes up from ${own} to ${other}`
  if (otherFloor > floor || `${own} → ${other}` in floors.meant) return undefined
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

/** Every import that breaks the order of the floors, and every circle of rooms, in every folder. */
export function findFloorFaults(
  sources: Readonly<Record<string, string>>,
  plan: Readonly<Record<string, Floors>> = house,
): string[] {
  const imports = Object.entries(sources).flatMap(([file, source]) => readImports(file, source))
  const inHouse = imports.filter(({ from, to }) => !isTest(from) && to.startsWith('src/'))
  const steps = inHouse.flatMap(one => stepOf(one) ?? [])
  return [
    ...imports.flatMap(one => {
      const why = fault(one, plan)
      return why === undefined ? [] : [`${one.from}:${one.line} imports ${one.to}: ${why}`]
    }),
    ...[...Map.groupBy(steps, ({ folder }) => folder)].flatMap(([folder, within]) =>
      circles(within.map(({ own, other }) => [own, other])).map(
        circle => `${folder}: in a circle: ${circle}`,
      ),
    ),
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
