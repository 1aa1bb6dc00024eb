/** What the documents lead to is there: files, pictures and headings, tests, and commands of npm. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { missingLinks } from './named-tests.ts'

const testFile = /`((?:src|test)\/[^`]+\.test\.ts)`/g
const command = /`npm run ([\w:-]+)/g

/** Problems with a document; empty: nothing. `commands` are the scripts of package.json. */
export function deadEnds(path: string, document: string, commands: ReadonlySet<string>): readonly string[] {
  const firsts = (pattern: RegExp) => [...document.matchAll(pattern)].map(([, name = '']) => name)
  return [
    ...missingLinks(path, document),
    ...firsts(testFile)
      .filter(file => !existsSync(file))
      .map(file => `${file} does not exist`),
    ...firsts(command)
      .filter(name => !commands.has(name))
      .map(name => `there is no "npm run ${name}"`),
  ].map(fault => `${path}: ${fault}`)
}

/** The faults of all documents of the project. */
export function findDeadEnds(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const commands = new Set(Object.keys(scripts))
  return globSync(['*.md', 'docs/**/*.md'])
    .sort()
    .flatMap(path => deadEnds(path, readFileSync(path, 'utf8'), commands))
}
