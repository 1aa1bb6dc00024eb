/** `npm run check`: everything that can be said of the code without running it. Tells all faults; fails on any. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findLongFiles, findMarks, readEverything } from './check-marks.ts'
import { findFloorFaults, readSources } from './floors.ts'
import { findThawed } from './frozen-migrations.ts'
import { findDeadEnds } from './links.ts'
import { findRiskyUses, readCode } from './risky-uses.ts'
import { findSlowExpressions } from './slow-expressions.ts'

process.chdir(join(import.meta.dirname, '..'))

/** Prints what it finds; true when all is well. */
type Step = () => boolean

const say = (lines: readonly string[]) => {
  for (const line of lines) process.stdout.write(`${line}\n`)
  return lines.length === 0
}

const program =
  (command: string, ...values: string[]): Step =>
  () =>
    spawnSync(command, values, { stdio: 'inherit' }).status === 0

const script = (name: string): Step => program(process.execPath, `scripts/${name}`, '--check')

const steps: readonly (readonly [name: string, step: Step])[] = [
  ['types', program('node_modules/.bin/tsc', '-p', '.')],
  ['format and lint', program('node_modules/.bin/biome', 'check', '--max-diagnostics=none')],
  ['floors', () => say(findFloorFaults(readSources('src/**/*.ts')))],
  [
    'migrations that were run are as they were',
    () => say(findThawed(readSources('src/store/migrations/*.ts'))),
  ],
  ['styles up to date', script('styles.ts')],
  ['documents up to date', script('docs.ts')],
  ['documents lead somewhere', () => say(findDeadEnds())],
  ['threats name tests that exist', script('threats.ts')],
  ['every requirement of the ASVS is answered', script('asvs.ts')],
  ['what can hurt is used in named files', () => say(findRiskyUses(readCode()))],
  ['no search takes much longer than its text is long', () => say(findSlowExpressions(readCode()))],
  ['texts are used, in Spanish, and plain', script('words.ts')],
  ['parts may be used', script('licences.ts')],
  ['nothing put off', () => say(findMarks(readEverything()))],
]

const failed = steps.filter(([name, step]) => {
  const good = step()
  process.stdout.write(`${good ? '✔' : '✖'} ${name}\n`)
  return !good
})

const long = findLongFiles(readEverything())
if (long.length > 0) process.stdout.write(`Worth a look:\n${long.map(line => `  ${line}\n`).join('')}`)
if (failed.length > 0) {
  process.stdout.write(`Failed: ${failed.map(([name]) => name).join(', ')}\n`)
  process.exitCode = 1
}
