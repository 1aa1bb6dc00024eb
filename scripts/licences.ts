/** `node scripts/licences.ts`: whether every part may be used, and whether no more parts came in than were decided. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

export type Lock = z.output<typeof lockSchema>

/** Licences that ask for nothing but their text to be kept. */
const atRunTime: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
])
/** Of tools that are run and never handed on. `SEE LICENSE IN LICENSE.md` is @uswds/uswds: public domain, SIL OFL, MIT. */
const atBuildTime: ReadonlySet<string> = new Set([
  ...atRunTime,
  'MIT OR Apache-2.0',
  '(MIT AND Zlib)',
  'MPL-2.0',
  'Python-2.0',
  'SEE LICENSE IN LICENSE.md',
])
/** More direct parts at run time than this need a decision first (docs/decisions/006). */
const mostParts = 17
/** Parts that would run a script when installed; .npmrc turns all such scripts off, and each works without. */
const scriptsTurnedOff: ReadonlySet<string> = new Set(['@parcel/watcher'])

export interface Part {
  readonly name: string
  readonly version: string
  readonly licence: string
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

export const readLock = (): Lock => lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))

/** Everything that is loaded at run time, without the builds for other machines. */
export const runTimeParts = (lock: Lock): readonly Part[] =>
  Object.entries(lock.packages)
    .filter(([path, part]) => path !== '' && part.dev !== true && part.optional !== true)
    .map(([path, { version = '', license = 'none' }]) => ({ name: nameOf(path), version, licence: license }))

/** Problems with the parts; empty: nothing. */
export function findPartFaults(lock: Lock): readonly string[] {
  const direct = Object.keys(lock.packages['']?.dependencies ?? {}).length
  const faults = direct > mostParts ? [`${direct} direct parts at run time; ${mostParts} were decided`] : []
  for (const [path, part] of Object.entries(lock.packages)) {
    if (path === '') continue
    const name = nameOf(path)
    const allowed = part.dev === true ? atBuildTime : atRunTime
    if (!allowed.has(part.license ?? '')) faults.push(`${name}: licence ${part.license ?? 'not named'}`)
    if (part.hasInstallScript === true && !scriptsTurnedOff.has(name))
      faults.push(`${name} wants to run a script when installed`)
  }
  return faults
}

if (import.meta.main) {
  const faults = findPartFaults(readLock())
  for (const fault of faults) process.stderr.write(`package-lock.json: ${fault}\n`)
  process.exit(faults.length === 0 ? 0 : 1)
}
