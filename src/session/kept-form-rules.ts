import type { Form } from '../web/request.ts'
import type { Route } from './visit.ts'
import type { Visitor } from './visitor.ts'

/** Milliseconds that a form sent too late is kept. */
export const keptLifetime = 15 * 60_000
/** Bytes of a kept form at most, before it is sealed. */
const largestKept = 65_536

/** Names of fields that may hold a password, an answer, a code or a token; too many rather than too few. */
const secretName = /pass|confirm|answer|code|secret|token|csrf|key|(^|[-_])pin/i

/**
 * The kept part of a form, as urlencoded text: never a field that may hold a secret. Undefined: nothing is left of it,
 * or it is too long.
 */
export function textToKeep(form: Form): string | undefined {
  const names = form.names().filter(name => !secretName.test(name))
  const pairs = names.flatMap(name => form.all(name).map(value => [name, value]))
  const text = new URLSearchParams(pairs).toString()
  return text === '' || text.length > largestKept ? undefined : text
}

/** The session that sent a form, and the credential epoch that it was made under. */
export interface Sender {
  readonly id: string
  readonly accountId: string
  readonly epoch: number
}

/** Whose form it is: a session's, alive or over. A pending sign-in and a stranger have none to keep. */
export function senderOf(visitor: Visitor): Sender | undefined {
  if (visitor.kind === 'stranger') return visitor.ended
  if (visitor.kind === 'pending') return undefined
  return { id: visitor.id, accountId: visitor.person.id, epoch: visitor.person.epoch }
}

/** The page that shows a kept form of this route again, with what `asked`, the path of the request, has in its place. */
export function keepPath({ keep }: Pick<Route, 'keep'>, asked: string): string | undefined {
  const parts = asked.split('/')
  return keep?.path
    .split('/')
    .map((part, index) => (part.startsWith(':') ? (parts[index] ?? '') : part))
    .join('/')
}
