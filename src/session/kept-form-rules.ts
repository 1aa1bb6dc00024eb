import type { Form } from '../web/request.ts'

/** Milliseconds that a form sent too late is kept. */
export const keptLifetime = 15 * 60_000
/** Bytes of a kept form at most, before it is sealed. */
const largestKept = 65_536

/** Names of fields that may hold a password, an answer, a code or a token; too many rather than too few. */
const secretName = /pass|confirm|answer|code|secret|token|csrf|key|(^|[-_])pin/i

/**
 * What is kept of a form, as an urlencoded text: never a field that may hold a secret. Undefined: nothing is left of it,
 * or it is too long.
 */
export function textToKeep(form: Form): string | undefined {
  const names = form.names().filter(name => !secretName.test(name))
  const pairs = names.flatMap(name => form.all(name).map(value => [name, value]))
  const text = new URLSearchParams(pairs).toString()
  return text === '' || text.length > largestKept ? undefined : text
}
