import { readFileSync } from 'node:fs'
import { answer, type Command, type Verb } from './command.ts'

type Verbs = Readonly<Record<string, Verb>>

/** The verb that prints it, for these verbs. */
export const completionOf = (verbs: Verbs): { readonly command: Command } => ({
  command: {
    usage: 'completion [--json]',
    about: [
      'Prints what bash completes verbs and options by. As root: lintel completion > /etc/bash_completion.d/lintel',
    ],
    words: 0,
    async run() {
      const script = await completion(verbs)
      return answer(script.trimEnd().split('\n'), { ok: true, script })
    },
  },
})

type Line = readonly [typed: string, next: readonly string[]]

const cases = (lines: readonly Line[]): string =>
  lines.map(([typed, next]) => `'${typed}') words='${next.join(' ')}' ;;`).join('\n    ')

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)]

/** The script with what can follow each word, from the table of verbs. */
async function completion(verbs: Verbs): Promise<string> {
  const names = Object.keys(verbs)
  const options = await Promise.all(
    Object.entries(verbs).map(async ([name, { load }]): Promise<Line> => {
      const { command: verb } = await load()
      return [name, [...Object.keys(verb.options ?? {}), 'json', 'help'].map(option => `--${option}`)]
    }),
  )
  const [pairs, single] = [true, false].map(wanted =>
    options.filter(([name]) => name.includes(' ') === wanted),
  )
  const nouns = unique((pairs ?? []).map(([name]) => name.split(' ')[0] ?? ''))
  const second = (noun: string) =>
    names.filter(name => name.startsWith(`${noun} `)).map(name => name.slice(noun.length + 1))
  const first = unique(names.map(name => name.split(' ')[0] ?? ''))
  const begin: Line = ['', [...first, '--settings', '--help', '--version']]
  return readFileSync(new URL('completion.bash', import.meta.url), 'utf8')
    .replace('# two words', () => cases(pairs ?? []))
    .replace('# one word', () =>
      cases([begin, ...nouns.map((noun): Line => [noun, second(noun)]), ...(single ?? [])]),
    )
}
