import { readSources } from './floors.ts'

/** Lines that must not be kept: work put off, and tests switched off or run alone. */
const unwanted: readonly (readonly [RegExp, string])[] = [
  [/\b(?:TO[D]O|FIX[M]E)\b/, 'work put off'],
  [/\b(?:test|it|describe|suite|t)\.(?:only|skip|todo)\b/, 'a test switched off or run alone'],
  [/[{,]\s*(?:only|skip|todo):\s*(?:true\b|['"`])/, 'a test switched off or run alone'],
]

const everything = ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts']
/** Lines above which a file probably tells two stories. */
const longFile = 300

export function findMarks(sources: Readonly<Record<string, string>>): string[] {
  return Object.entries(sources).flatMap(([file, source]) =>
    source.split('\n').flatMap((line, at) => {
      const mark = unwanted.find(([pattern]) => pattern.test(line))
      return mark ? [`${file}:${at + 1} ${mark[1]}: ${line.trim()}`] : []
    }),
  )
}

export function findLongFiles(sources: Readonly<Record<string, string>>): string[] {
  const lengths = Object.entries(sources).map(
    ([file, source]) => [file, source.split('\n').length - 1] as const,
  )
  return lengths.filter(([, lines]) => lines > longFile).map(([file, lines]) => `${file} has ${lines} lines`)
}

export const readEverything = () => readSources(everything)
