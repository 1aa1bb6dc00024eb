import { parseArgs } from 'node:util'
import { version } from '../web/version.ts'
import { type Answer, type Command, type Input, usage } from './command.ts'
import { generalHelp, verbHelp } from './help.ts'
import { OutputError, write } from './stream.ts'
import { explain } from './trouble.ts'
import { verbs } from './verbs.ts'

type ExitCode = 0 | 1 | 2

const print = (lines: readonly string[]): Promise<void> => write(lines.map(line => `${line}\n`).join(''))
const complain = (lines: readonly string[]): void => {
  for (const line of lines) process.stderr.write(`${line}\n`)
}

/** Runs one command line. @returns 0 done, 1 refused or not all of the answer was taken, 2 wrong usage. */
export async function runLine(given: readonly string[]): Promise<ExitCode> {
  try {
    return await answerLine(given)
  } catch (error) {
    if (!(error instanceof OutputError && error.isClosed)) complain(explain(error))
    return 1
  }
}

async function answerLine(given: readonly string[]): Promise<ExitCode> {
  const name = [given.slice(0, 2).join(' '), given[0] ?? ''].find(text => Object.hasOwn(verbs, text))
  const verb = name === undefined ? undefined : verbs[name]
  if (name === undefined || verb === undefined) return withoutVerb(given)
  const { command } = await verb.load()
  const rest = given.slice(name.split(' ').length)
  const parsed = parse(command, rest)
  if (parsed === 'help') {
    await print(verbHelp(command))
    return 0
  }
  if ('kind' in parsed) return tell(command, parsed, false)
  return tell(command, await command.run(parsed), parsed.json)
}

/** No verb: help when it was asked for, else what was wrong. `lintel account --help` lists the verbs of accounts. */
async function withoutVerb(given: readonly string[]): Promise<ExitCode> {
  if (given[0] === '--version') {
    await print([`lintel ${version}`])
    return 0
  }
  const words = given.filter(part => !part.startsWith('-'))
  const asked = given.length === 0 || given.includes('--help') || given.includes('-h')
  const known = words.length === 0 || Object.keys(verbs).some(name => name.startsWith(`${words.join(' ')} `))
  if (asked && known) {
    await print(generalHelp(words[0]))
    return given.length === 0 ? 2 : 0
  }
  complain([`There is no "${words.join(' ')}". "lintel --help" lists what there is.`])
  return 2
}

function parse(command: Command, rest: readonly string[]): Input | Answer | 'help' {
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: { ...command.options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    if (values.help === true) return 'help'
    if (positionals.length !== command.words)
      return usage(positionals.length < command.words ? 'Something is missing.' : 'There is a word too many.')
    return { values, positionals, json: values.json === true, env: process.env }
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return usage(error.message.split('. ')[0] ?? '')
    throw error
  }
}

async function tell(command: Command, said: Answer, json: boolean): Promise<ExitCode> {
  if (said.kind === 'done') {
    if (!json) await print(said.lines)
    else if (said.json !== undefined) await print([JSON.stringify(said.json)])
    return said.isSick === true ? 1 : 0
  }
  if (said.kind === 'refused') {
    complain(said.reasons)
    if (json) await print([JSON.stringify(said.json ?? { ok: false, reasons: said.reasons })])
    return 1
  }
  complain([said.problem, `Usage: lintel ${command.usage}`])
  return 2
}
