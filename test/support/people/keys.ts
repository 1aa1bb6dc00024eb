import assert from 'node:assert/strict'
import type { Policy } from '../../../src/policy/table.ts'
import type { PasskeyKind } from '../../../src/store/schema.ts'
import { type Data, openData } from '../../attacks/support.ts'
import { password } from '../../journeys/guide.ts'
import type { Engine } from '../database/databases.ts'
import { type Answer, type Client, openClient } from '../http/client.ts'
import { type Lintel, type Scope, startLintel } from '../process/process.ts'
import { type Authenticator, type CreationOptions, createAuthenticator } from './authenticator.ts'
import { throughGate, withPassword } from './two-step.ts'

export const paths = {
  ask: '/sign-in/passkey',
  gate: '/security/passkey',
  alone: '/sign-in/with-passkey',
  add: { passkey: '/security/two-step/passkeys/new', 'security-key': '/security/two-step/security-keys/new' },
} as const

/** What the page's script is told to ask the browser for. */
export async function optionsAt(client: Client, path: string): Promise<CreationOptions> {
  const answer = await client.get(`${path}/options`)
  assert.equal(answer.status, 200, answer.text.slice(0, 200))
  return JSON.parse(answer.text) as CreationOptions
}

/** Sends a new credential of this key, on the page that adds it. */
export const addKeyBy = async (client: Client, key: Authenticator, kind: PasskeyKind): Promise<Answer> =>
  client.post(paths.add[kind], { passkey: key.register(await optionsAt(client, paths.add[kind])) })

/** Signs in with the password and adds a key. */
async function addFor(
  lintel: Lintel,
  username: string,
  key: Authenticator,
  kind: PasskeyKind,
): Promise<Client> {
  const { client } = await withPassword(lintel, username, password)
  await throughGate(client, paths.add[kind], password)
  const added = await client.follow(await addKeyBy(client, key, kind))
  assert.match(added.text, /Backup codes/, added.text.slice(0, 300))
  return client
}

export async function setPolicy({ services }: Data, overrides: Partial<Policy>): Promise<void> {
  await services.store.writeOne(db =>
    db
      .updateTable('policy')
      .set({ overrides: JSON.stringify(overrides) })
      .execute(),
  )
}

/** A process with a person, `wren`, whose only way beside backup codes is a key, added in a browser that is signed in. */
export async function keyHolder(
  t: Scope,
  given: {
    readonly engine?: Engine
    readonly kind?: PasskeyKind
    readonly flags?: number
    readonly policy?: Partial<Policy>
  } = {},
) {
  const lintel = await startLintel(t, { engine: given.engine ?? 'sqlite', clockOffset: 0 })
  const data = await openData(t, lintel)
  await setPolicy(data, given.policy ?? {})
  const [id = ''] = await data.addPeople({ username: 'wren' })
  const key = createAuthenticator(lintel.origin, given.flags)
  const client = await addFor(lintel, 'wren', key, given.kind ?? 'passkey')
  return {
    lintel,
    data,
    id,
    key,
    client,
    holder: { open: () => data.liveSessions('wren') },
    /** A browser that has given the password and is asked for the key. */
    async atKey(): Promise<Client> {
      const signIn = await withPassword(lintel, 'wren', password)
      assert.match(signIn.page.text, /<h1>Use your passkey or security key<\/h1>/)
      return signIn.client
    },
    stranger: () => openClient(lintel.origin),
  }
}

/** One more person with a key. */
keyHolder.another = async (
  lintel: Lintel,
  data: Data,
  username: string,
  key: Authenticator,
): Promise<Client> => {
  await data.addPeople({ username })
  return addFor(lintel, username, key, 'passkey')
}
