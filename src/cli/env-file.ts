import { readFileSync } from 'node:fs'

/** Where in a file of settings one is. */
type State = 'name before' | 'name' | 'value before' | 'value' | 'single' | 'double' | 'comment'

const isBreak = (sign: string): boolean => sign === '\n' || sign === '\r'
const isBlank = (sign: string): boolean => sign === ' ' || sign === '\t' || isBreak(sign)

/** What a backslash and the sign behind it stand for. */
function escapedIn(state: State, sign: string): string {
  if (isBreak(sign)) return ''
  return state === 'double' && !'"\\`$'.includes(sign) ? `\\${sign}` : sign
}

/** The state after a sign that begins or ends something; undefined: the sign is part of what is read. */
function turn(state: State, sign: string): State | undefined {
  if (state === 'single') return sign === "'" ? 'value before' : undefined
  if (state === 'double') return sign === '"' ? 'value before' : undefined
  if (isBreak(sign)) return 'name before'
  if (state === 'comment') return state
  if (state === 'name') return sign === '=' ? 'value before' : undefined
  if (state === 'value') return undefined
  if (isBlank(sign)) return state
  if (state === 'name before') return sign === '#' || sign === ';' ? 'comment' : undefined
  if (sign === "'") return 'single'
  return sign === '"' ? 'double' : undefined
}

const within: Partial<Record<State, State>> = { 'name before': 'name', 'value before': 'value' }

/**
 * What a file of settings says, read as systemd reads an `EnvironmentFile=` (its `parse_env_file`): a dollar, an ampersand
 * and a bracket are signs like others, quotes may stand around a value, and a backslash takes the next sign as it is.
 */
export function readEnvText(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let state: State = 'name before'
  let name = ''
  let value = ''
  let blanks = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    const reads = state.startsWith('value') || state === 'double'
    if (sign === '\\' && reads) {
      value += blanks + escapedIn(state, text.charAt(++at))
      blanks = ''
      state = within[state] ?? state
      continue
    }
    const next = turn(state, sign)
    if (next === undefined) {
      state = within[state] ?? state
      if (state === 'name') name += sign
      else if (state === 'value' && isBlank(sign)) blanks += sign
      else {
        value += blanks + sign
        blanks = ''
      }
      continue
    }
    if (next === 'name before' && state !== 'comment') {
      if (state !== 'name' && name.trim() !== '') found.set(name.trim(), value)
      name = ''
      value = ''
      blanks = ''
    }
    state = next
  }
  if (state !== 'name' && state !== 'comment' && name.trim() !== '') found.set(name.trim(), value)
  return found
}

/**
 * Takes `--settings FILE` from the front of a command line and puts what the file says over the environment.
 * @returns the rest of the line
 */
export function takeEnvFile(given: readonly string[], env: NodeJS.ProcessEnv): readonly string[] {
  if (given[0] !== '--settings' || given[1] === undefined) return given
  for (const [name, value] of readEnvText(readFileSync(given[1], 'utf8'))) env[name] = value
  return given.slice(2)
}
