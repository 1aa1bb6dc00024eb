import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { stateColumns } from '../account/rules.ts'
import { anyone } from '../session/access.ts'
import { cookieKind } from '../session/cookie-names.ts'
import type { Services } from '../session/services.ts'
import { type Route, redirect, route, type Visit } from '../session/visit.ts'
import { hashToken } from '../store/ids.ts'
import type { LinkKind } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { linkReuseShare } from '../throttle/rules.ts'
import { claimShare, counterName } from '../throttle/store.ts'

const shape = /^[\w-]{43}$/

/** Where a mailed link's token stays while its page is open: a cookie, never the address bar. */
export interface LinkCookie {
  /** The token, and what was proven with it in this browser. */
  read(c: Context): { readonly token: string; readonly proof: string } | undefined
  write(c: Context, token: string, proof?: string): void
  expire(c: Context): void
}

export function createLinkCookie(kind: LinkKind, origin: string): LinkCookie {
  const { named, attributes } = cookieKind(origin)
  const name = named(`lintel-${kind}`)
  return {
    read(c) {
      const [token = '', proof = ''] = (getCookie(c, name) ?? '').split('.')
      return shape.test(token) ? { token, proof } : undefined
    },
    write: (c, token, proof = '') => setCookie(c, name, `${token}.${proof}`, attributes),
    expire: c => setCookie(c, name, '', { ...attributes, maxAge: 0 }),
  }
}

/**
 * The mailed address itself: takes the token out of the address bar at once and tells no other site where it came from.
 * It reads and changes nothing in the store, so a mail scanner may open it as often as it likes.
 */
export function mailedRoute(kind: LinkKind, cookie: LinkCookie): Route {
  return route('GET', `/${kind}/:token`, anyone, visit => {
    const token = visit.c.req.param('token') ?? ''
    if (!shape.test(token)) cookie.expire(visit.c)
    else if (cookie.read(visit.c)?.token !== token) cookie.write(visit.c, token)
    visit.c.header('referrer-policy', 'no-referrer')
    return redirect(visit, `/${kind}`)
  })
}

/** A link's row with its account, as far as the three kinds need it. Times in milliseconds since 1970. */
export type LinkRow = NonNullable<Awaited<ReturnType<typeof readLink>>>

export async function readLink({ store }: Pick<Services, 'store'>, kind: LinkKind, token: string) {
  return store.read
    .selectFrom('one_time_link as link')
    .innerJoin('account', 'account.id', 'link.account_id')
    .leftJoin('recovery_question as question', 'question.account_id', 'account.id')
    .leftJoin('credential', 'credential.account_id', 'account.id')
    .select([
      'link.token_hash',
      'link.account_id',
      'link.epoch',
      'link.expires_at',
      'link.used_at',
      'link.wrong_answers',
      'account.epoch as account_epoch',
      'account.username',
      'account.username_key',
      'account.first_name',
      'account.last_name',
      'account.email',
      ...stateColumns,
      'account.security_changed_at',
      'question.question',
      'question.answer_encoded',
      'question.pepper_id as answer_pepper_id',
      'credential.is_temporary',
    ])
    .where('link.token_hash', '=', hashToken(token))
    .where('link.kind', '=', kind)
    .executeTakeFirst()
}

/** Uses a link up: of any number of tries at once, one gets it. */
export async function claimLink(tx: Tx, tokenHash: string, now: number): Promise<boolean> {
  const claimed = await tx.db
    .updateTable('one_time_link')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return claimed.numUpdatedRows === 1n
}

/** Records that a link which had been used was opened or sent again: a few times an hour, however often it is done. */
export async function noteReuse(
  { store, audit, keyring }: Services,
  visit: Visit,
  row: LinkRow,
): Promise<void> {
  const counter = counterName(keyring, 'link-reuse', row.token_hash)
  await store.write(async tx => {
    const claim = await claimShare(tx.db, counter, linkReuseShare, visit.now)
    if (!claim.ok) return
    await audit.record(tx, {
      event: 'authn_token_reuse',
      actor: 'anonymous',
      subject: row.account_id,
      address: visit.address,
      requestId: visit.requestId,
    })
  })
}
