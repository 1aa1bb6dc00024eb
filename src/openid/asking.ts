import type { Session } from '../session/visitor.ts'
import type { Keyring } from '../store/keyring.ts'
import type { Store, Tx } from '../store/store.ts'
import { sessionCookie } from './adapter.ts'
import { type Answer, ask, type Question } from './call.ts'
import type { Engine } from './engine.ts'
import { wishOf } from './paths.ts'
import { applyChanges, ClaimLostError, revokeFamily } from './tokens.ts'
import { during, type Wish, type Work } from './work.ts'

/** What the engine answers, or what the person has to do first. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly work: Work }
  | { readonly kind: 'wish'; readonly wish: Wish; readonly work: Work }

export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly authorization: string | undefined
  readonly contentType: string | undefined
  readonly body: string | undefined
  /** The session of a browser that asks. */
  readonly session: Session | undefined
  readonly isLeaving?: boolean
  readonly hasChosenPlace?: boolean
  readonly trace: Trace
  readonly now: number
}

/** Asks the engine, and writes what it wants written before anybody sees its answer. */
export type Asking = (asked: Asked) => Promise<Reply>

/** Where a request came from, for the record. */
export interface Trace {
  readonly address: string
  readonly requestId: string
}

/** Records what was written, in the same transaction. */
export type Recorder = (tx: Tx, work: Work, trace: Trace) => Promise<void>

const lost = (answer: Answer): Answer => ({
  status: 400,
  headers: { ...answer.headers, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ error: 'invalid_grant', error_description: 'grant request is invalid' }),
})

/**
 * The engine tells of a secret that is left out only where it knows the application; one that is wrong says nothing
 * of that.
 */
function withSecret(authorization: string): string {
  const [scheme = '', coded = ''] = authorization.split(' ', 2)
  const text = Buffer.from(coded, 'base64').toString('utf8')
  const isLeftOut = scheme.toLowerCase() === 'basic' && text.endsWith(':')
  return isLeftOut ? `${scheme} ${Buffer.from(`${text}none`).toString('base64')}` : authorization
}

const isWrongSecret = ({ application, secretId }: Work, { status, body }: Answer): boolean =>
  status === 401 && application !== undefined && secretId === undefined && body.includes('"invalid_client"')

interface AskingParts {
  readonly store: Store
  readonly keyring: Keyring
  /** Such as `https://hmis.example.org`. */
  readonly issuer: string
  readonly engine: () => Promise<Engine>
  readonly record: Recorder
  /** Told of a request whose secret was wrong. */
  readonly refused: (work: Work, trace: Trace) => Promise<void>
}

export function createAsking(parts: AskingParts): Asking {
  const { engine: engineNow, record } = parts
  const { host, protocol } = new URL(parts.issuer)

  const questionOf = (asked: Asked): Question => ({
    method: asked.method,
    url: asked.url,
    headers: {
      host,
      'x-forwarded-proto': protocol.slice(0, -1),
      ...(asked.authorization !== undefined && { authorization: withSecret(asked.authorization) }),
      ...(asked.contentType !== undefined && { 'content-type': asked.contentType }),
      ...((asked.session !== undefined || asked.isLeaving) && {
        cookie: `${sessionCookie}=${sessionCookie}`,
      }),
    },
    body: asked.body,
  })

  /** A server error writes nothing; a refusal keeps what it takes back. */
  async function settle(work: Work, answer: Answer, trace: Trace): Promise<Answer> {
    if (answer.status >= 500) return answer
    const accountId = (work.token?.session ?? work.session)?.person.id ?? ''
    try {
      await parts.store.write(async tx => {
        await applyChanges(parts, tx, work.changes, accountId, work.now)
        await record(tx, work, trace)
      })
      return answer
    } catch (error) {
      if (!(error instanceof ClaimLostError)) throw error
      const { family } = error
      await parts.store.write(tx => revokeFamily(tx, family))
      return lost(answer)
    }
  }

  return async asked => {
    const { now, session, isLeaving = false, hasChosenPlace = false } = asked
    const work: Work = { now, session, isLeaving, hasChosenPlace, changes: [] }
    const engine = await engineNow()
    const answer = await during(work, () => ask(engine.callback(), questionOf(asked)))
    const wish = wishOf(answer.headers['location'])
    if (wish !== undefined) return { kind: 'wish', wish, work }
    if (isWrongSecret(work, answer)) await parts.refused(work, asked.trace)
    return {
      kind: 'answer',
      answer: work.changes.length === 0 ? answer : await settle(work, answer, asked.trace),
      work,
    }
  }
}
