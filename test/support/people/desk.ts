import type { NewAccount } from '../../../src/account/store.ts'
import { createApp } from '../../../src/app.ts'
import type { NoticeSender } from '../../../src/openid/notices.ts'
import type { Hasher } from '../../../src/password/hashing.ts'
import { setOwnPassword, setTemporaryPassword } from '../../../src/password/store.ts'
import { createPolicy, readPolicy } from '../../../src/policy/policy.ts'
import { openHasher } from '../../../src/services.ts'
import { createCsrfTokens } from '../../../src/session/csrf.ts'
import { tokenMark } from '../../../src/session/current.ts'
import { proofsText } from '../../../src/session/proofs.ts'
import type { Route } from '../../../src/session/visit.ts'
import { hashToken, newId, newToken } from '../../../src/store/ids.ts'
import type { Role } from '../../../src/store/schema.ts'
import type { Opened } from '../database/store.ts'
import type { Fields } from '../http/client.ts'
import { addOrganization, addPerson } from './people.ts'

/** Somebody who asks the application without a socket. */
export interface Caller {
  readonly id: string
  get(path: string): Promise<Response>
  /** With the token of their sign-in. */
  post(path: string, fields?: Fields): Promise<Response>
  /** The same with fields that come more than once. */
  postAll(path: string, fields: readonly (readonly [name: string, value: string])[]): Promise<Response>
  /** Sends a form with a file in the field `file`. */
  upload(path: string, name: string, content: string, fields?: Fields): Promise<Response>
  /** The same; the second half of the body follows when `meanwhile` is over, which begins once the first is asked for. */
  uploadSlowly(
    path: string,
    name: string,
    content: string,
    meanwhile: () => Promise<unknown>,
  ): Promise<Response>
}

/** A console with everyone who may or may not use it, and people to be looked after. */
export interface Desk extends Opened {
  readonly routes: readonly Pick<Route, 'method' | 'path' | 'access'>[]
  readonly callers: Readonly<
    Record<'anonymous' | 'pending' | 'user' | 'scoped' | 'helpdesk' | 'administrator', Caller>
  >
  /** Ids: in the scoped agent's organization, and outside it. */
  readonly inside: string
  readonly outside: string
  readonly ownOrganization: string
  readonly otherOrganization: string
  add(given: Partial<NewAccount>): Promise<string>
  /** A full session, which gave its password again just now. */
  signIn(id: string, fresh?: boolean): Promise<Caller>
  /** Puts a password of their own in force. */
  givePassword(id: string, password: string): Promise<void>
  /** Asks as a machine does: no cookie, any headers. */
  ask(path: string, init?: RequestInit): Promise<Response>
  readonly notices: NoticeSender
  /** Audit records in the order in which they were written. */
  events(): Promise<
    readonly { readonly event: string; readonly subject: string | null; readonly args: string }[]
  >
}

function formWith(csrf: string, name: string, content: string, fields: Fields = {}): FormData {
  const form = new FormData()
  for (const [field, value] of Object.entries({ ...fields, csrf })) form.set(field, value)
  form.set('file', new File([content], name, { type: 'text/csv' }))
  return form
}

/** The second half follows when `meanwhile` is over. */
function inHalves(bytes: Uint8Array, meanwhile: () => Promise<unknown>): ReadableStream<Uint8Array> {
  const half = Math.floor(bytes.length / 2)
  let isHalfSent = false
  return new ReadableStream(
    {
      async pull(controller) {
        if (!isHalfSent) {
          isHalfSent = true
          controller.enqueue(bytes.subarray(0, half))
          return
        }
        await meanwhile()
        controller.enqueue(bytes.subarray(half))
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

export async function openDesk(
  opened: Opened,
  hasher: Hasher = openHasher(opened.services.keyring),
): Promise<Desk> {
  const { services, store, clock } = opened
  const { app, routes, openid } = createApp({ services, hasher })
  const csrf = createCsrfTokens(services.keyring)
  await store.write(createPolicy)
  const { LINTEL_ORIGIN: origin } = services.settings
  const headers = { host: new URL(origin).host, origin, 'sec-fetch-site': 'same-origin' }

  const callerOf = (id: string, cookie: string, token: string): Caller => {
    const others = new Map<string, string>()
    const cookies = () => [`lintel=${cookie}`, ...others.values()].join('; ')
    const ask = async (path: string, init: RequestInit) => {
      const answer = await app.request(origin + path, init)
      for (const line of answer.headers.getSetCookie())
        if (!line.startsWith('lintel=')) others.set(line.split('=')[0] ?? '', line.split(';')[0] ?? '')
      return answer
    }
    const postAll: Caller['postAll'] = async (path, fields) =>
      ask(path, {
        method: 'POST',
        headers: {
          ...headers,
          cookie: cookies(),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams([
          ...(fields.some(([name]) => name === 'csrf') ? [] : [['csrf', token]]),
          ...fields.map(([name, value]) => [name, value]),
        ]).toString(),
      })
    return {
      id,
      get: async path => ask(path, { headers: { ...headers, cookie: cookies() } }),
      post: (path, fields = {}) => postAll(path, Object.entries(fields)),
      postAll,
      upload: async (path, name, content, fields) =>
        ask(path, {
          method: 'POST',
          headers: { ...headers, cookie: cookies() },
          body: formWith(token, name, content, fields),
        }),
      async uploadSlowly(path, name, content, meanwhile) {
        const encoded = new Response(formWith(token, name, content))
        const bytes = await encoded.bytes()
        const sent = {
          method: 'POST',
          headers: {
            ...headers,
            cookie: cookies(),
            'content-type': encoded.headers.get('content-type') ?? '',
            'content-length': String(bytes.length),
          },
          body: inHalves(bytes, meanwhile),
          duplex: 'half',
        }
        return ask(path, sent)
      },
    }
  }

  async function signIn(id: string, fresh = true): Promise<Caller> {
    const [token, secret] = [newToken(), newToken()]
    const now = clock.now()
    const { epoch } = await store.read
      .selectFrom('account')
      .select('epoch')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await store.writeOne(db =>
      db
        .insertInto('session')
        .values({
          id: newId(clock.now()),
          token_hash: hashToken(token),
          account_id: id,
          proofs: proofsText({ password: clock.now(), code: clock.now() }),
          epoch,
          csrf_secret: secret,
          created_at: now,
          last_seen_at: now,
          reauthenticated_at: fresh ? now : null,
          address: '127.0.0.1',
          user_agent: '',
          failures_before: 0,
          return_to: '/',
        })
        .execute(),
    )
    return callerOf(id, tokenMark.session + token, csrf.forHolder(secret))
  }

  async function beginSignIn(id: string): Promise<Caller> {
    const [token, secret] = [newToken(), newToken()]
    const hashed = await hasher.hash('abcd-efgh-jkmn')
    if (hashed.busy) throw new Error('Too many hashes wait.')
    const policy = await readPolicy(store)
    await store.write(async tx => {
      await setTemporaryPassword(tx, id, hashed.value, policy, clock.now())
      await tx.db
        .insertInto('pending_sign_in')
        .values({
          id: newId(clock.now()),
          token_hash: hashToken(token),
          account_id: id,
          proofs: proofsText({ password: clock.now() }),
          epoch: 1,
          csrf_secret: secret,
          created_at: clock.now(),
          address: '127.0.0.1',
          user_agent: '',
          failures_before: 0,
          return_to: '/',
        })
        .execute()
    })
    return callerOf(id, tokenMark.pending + token, csrf.forHolder(secret))
  }

  const add = (given: Partial<NewAccount>) => addPerson(opened, given)
  const ownOrganization = await addOrganization(opened, 'Lakeside Night Shelter')
  const otherOrganization = await addOrganization(opened, 'Harbor House Duluth')
  const agent = (username: string, role: Role) =>
    add({ username, firstName: username, lastName: 'Agent', email: `${username}@desk.example`, role })
  const scoped = await agent('scoped', 'helpdesk')
  await store.writeOne(db =>
    db
      .insertInto('helpdesk_scope')
      .values({ account_id: scoped, organization_id: ownOrganization })
      .execute(),
  )
  return {
    ...opened,
    routes,
    callers: {
      anonymous: callerOf('', '', ''),
      pending: await beginSignIn(await agent('pending', 'administrator')),
      user: await signIn(await agent('user', 'user')),
      scoped: await signIn(scoped),
      helpdesk: await signIn(await agent('helpdesk', 'helpdesk')),
      administrator: await signIn(await agent('chief', 'administrator')),
    },
    inside: await add({ username: 'ines', firstName: 'Ines', organizationIds: [ownOrganization] }),
    outside: await add({ username: 'otto', firstName: 'Otto', organizationIds: [otherOrganization] }),
    ownOrganization,
    otherOrganization,
    add,
    signIn,
    async givePassword(id, password) {
      const hashed = await hasher.hash(password)
      if (hashed.busy) throw new Error('Too many hashes wait.')
      const policy = await readPolicy(store)
      await store.write(tx => setOwnPassword(tx, id, hashed.value, policy, clock.now()))
    },
    ask: async (path, init = {}) =>
      app.request(origin + path, { ...init, headers: { host: headers.host, ...init.headers } }),
    notices: openid.notices,
    events: () =>
      store.read
        .selectFrom('audit_record')
        .select(['event', 'subject', 'args'])
        .orderBy('at')
        .orderBy('chain_id')
        .orderBy('position')
        .execute(),
  }
}
