import type { Command } from './command.ts'
import { verbs } from './verbs.ts'

/** All verbs, or those of one noun such as `account`. */
export function generalHelp(noun: string | undefined): readonly string[] {
  const names = Object.keys(verbs).filter(name => noun === undefined || name.startsWith(`${noun} `))
  const width = Math.max(...names.map(name => name.length))
  return [
    'Usage: lintel VERB [OPTIONS]',
    '',
    ...names.map(name => `  ${name.padEnd(width)}  ${verbs[name]?.summary}`),
    '',
    '"lintel --settings FILE VERB" takes settings from a file, as systemd reads it; "lintel --version" says the version.',
    '"lintel VERB --help" tells you more. These commands work while Lintel runs, with the same settings (LINTEL_DATA, DATABASE_URL).',
    'Exit codes: 0 done, 1 refused (the reason is on standard error), 2 wrong usage.',
  ]
}

export const verbHelp = (command: Command): readonly string[] => [
  `Usage: lintel ${command.usage}`,
  '',
  ...command.about,
  '',
  '--json    Answer in JSON, for scripts.',
]
