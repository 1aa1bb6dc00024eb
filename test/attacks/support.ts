import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { Insertable, Updateable } from 'kysely'
import { createAccount } from '../../src/account/store.ts'
import type { StoredHash } from '../../src/password/hashing.ts'
import { setOwnPassword, setTemporaryPassword } from '../../src/password/store.ts'
import { readPolicy } from '../../src/policy/policy.ts'
import type { Policy } from '../../src/policy/table.ts'
import { openHasher, openServices } from '../../src/services.ts'
import type { Services } from '../../src/session/services.ts'
import { readSettings } from '../../src/settings.ts'
import type { AccountTable, Role, TermsAcceptanceTable } from '../../src/store/schema.ts'
import type { Tx } from '../../src/store/store.ts'
import { currentTerms, recordAcceptance, type TermsVersion } from '../../src/terms/store.ts'
import { createOrganization, createWorkgroup } from '../../src/workspace/store.ts'
import { password } from '../journeys/guide.ts'
import { type Answer, type Client, type Headers, openClient } from '../support/http/client.ts'
import type { Lintel, Scope } from '../support/process/process.ts'

/** The codes of a card that a page shows. */
export const cardCodesOn = (html: string): readonly string[] =>
  [...html.matchAll(/<code>(\d{4} \d{4})<\/code>/g)].map(([, code = '']) => code)

export const wrong = 'Not the password 7!'

/** Someone to be added beside the administrator, with the guide's password. */
export interface Person {
  readonly username: string
  readonly firstName?: string
  /** The password is a temporary one: the first sign-in is still to come. */
  readonly temporary?: boolean
  readonly role?: Role
  /** Names of organizations and workgroups; one each unless given. */
  readonly organizations?: readonly string[]
  readonly workgroups?: readonly string[]
  /** The terms in force are still to be accepted. */
  readonly termsOpen?: boolean
  /** Columns of the account that make a state of it. */
  readonly account?: Updateable<AccountTable>
  /** When the credential stops working, in milliseconds since 1970. */
  readonly expiresAt?: number
}

export interface AuditRow {
  readonly event: string
  readonly subject: string | null
  readonly address: string | null
  readonly args: string
}

/** The data of a running process, opened by a second one: a promised use of both engines. */
export interface Data {
  readonly services: Services
  addPeople(...people: readonly Person[]): Promise<readonly string[]>
  idOf(username: string): Promise<string>
  /** Audit records of this name, oldest first. */
  events(event: string): Promise<readonly AuditRow[]>
  liveSessions(username: string): Promise<number>
  acceptances(username: string): Promise<readonly Insertable<TermsAcceptanceTable>[]>
}

/** Opens the data of a running process; closed when the scope ends. */
export async function openData(t: Scope, lintel: Lintel): Promise<Data> {
  const result = readSettings(lintel.env)
  if (!result.ok) throw new Error(result.problems.join('\n'))
  process.env['LOG_LEVEL'] ??= 'silent'
  const services = await openServices(result.settings)
  t.after(() => services.store.close())
  const hashed = await openHasher(services.keyring).hash(password)
  if (hashed.busy) throw new Error('nothing else is hashed here')
  const { store } = services
  const idOf = async (username: string) =>
    (
      await store.read
        .selectFrom('account')
        .select('id')
        .where('username_key', '=', username)
        .executeTakeFirstOrThrow()
    ).id
  return {
    services,
    idOf,
    async addPeople(...people) {
      const given = {
        hash: hashed.value,
        policy: await readPolicy(store),
        terms: await currentTerms(store, Date.now()),
      }
      return store.write(async tx => {
        const ids: string[] = []
        for (const person of people) ids.push(await addPerson(tx, person, given))
        return ids
      })
    },
    events: event =>
      store.read
        .selectFrom('audit_record')
        .select(['event', 'subject', 'address', 'args'])
        .where('event', '=', event)
        .orderBy('at')
        .orderBy('chain_id')
        .orderBy('position')
        .execute(),
    async liveSessions(username) {
      const rows = await store.read
        .selectFrom('session')
        .select('token_hash')
        .where('account_id', '=', await idOf(username))
        .where('ended_at', 'is', null)
        .execute()
      return rows.length
    },
    acceptances: async username =>
      store.read
        .selectFrom('terms_acceptance')
        .selectAll()
        .where('account_id', '=', await idOf(username))
        .execute(),
  }
}

async function placeIds(
  tx: Tx,
  kind: 'organization' | 'workgroup',
  names: readonly string[],
): Promise<string[]> {
  const make = kind === 'organization' ? createOrganization : createWorkgroup
  const ids: string[] = []
  for (const name of names) {
    const known = await tx.db.selectFrom(kind).select('id').where('name', '=', name).executeTakeFirst()
    ids.push(known?.id ?? (await make(tx, { name, allows: '' }, Date.now())))
  }
  return ids
}

interface Given {
  readonly hash: StoredHash
  readonly policy: Policy
  readonly terms: TermsVersion | undefined
}

async function addPerson(tx: Tx, person: Person, { hash, policy, terms }: Given): Promise<string> {
  const now = Date.now()
  const id = await createAccount(
    tx,
    {
      username: person.username,
      firstName: person.firstName ?? 'Amina',
      lastName: 'Warsame',
      email: `${person.username}@example.org`,
      role: person.role ?? 'user',
      organizationIds: await placeIds(tx, 'organization', person.organizations ?? ['North Shelter']),
      workgroupIds: await placeIds(tx, 'workgroup', person.workgroups ?? ['HMIS Users']),
    },
    now,
  )
  const put = person.temporary === true ? setTemporaryPassword : setOwnPassword
  await put(tx, id, hash, policy, now)
  const { expiresAt, account } = person
  if (expiresAt !== undefined)
    await tx.db
      .updateTable('credential')
      .set({ expires_at: expiresAt })
      .where('account_id', '=', id)
      .execute()
  if (account !== undefined) await tx.db.updateTable('account').set(account).where('id', '=', id).execute()
  if (terms !== undefined && person.termsOpen !== true)
    await recordAcceptance(tx, id, terms, now, '127.0.0.1')
  return id
}

/** A browser that has the sign-in page open. */
export async function atSignIn(lintel: Lintel, always: Headers = {}): Promise<Client> {
  const client = openClient(lintel.origin, always)
  await client.get('/sign-in')
  return client
}

/** One try from a browser that has the sign-in page open. */
export const tryPassword = (client: Client, username: string, secret: string): Promise<Answer> =>
  client.post('/sign-in', { username, password: secret })

/** A browser in which this person has given the right password: a session, or a sign-in with a step open. */
export async function signedIn(
  lintel: Lintel,
  username: string,
  secret: string = password,
  always: Headers = {},
): Promise<Client> {
  const client = await atSignIn(lintel, always)
  const answer = await tryPassword(client, username, secret)
  assert.equal(answer.status, 303, answer.text)
  await client.follow(answer)
  return client
}

/** Where a browser stands when it asks for Home. */
export const placeOf = async (client: Client): Promise<string> => {
  const answer = await client.get('/')
  return answer.location ?? (answer.status === 200 ? '/' : String(answer.status))
}

/** A page without what differs at every request, and without the name that was typed. */
export const plainText = (answer: Answer, username: string): string =>
  answer.text
    .replace(/(name="csrf" value=")[^"]*/g, '$1')
    .replaceAll(username, 'NAME')
    .replace(/<code>[0-9a-f]+<\/code>/g, '<code></code>')

/** The same browser once more, with the same cookies, as a thief or a second tab has it. */
export function copyOf(client: Client): Client {
  const copy = openClient(client.origin)
  for (const [name, value] of client.cookies) copy.cookies.set(name, value)
  return copy
}

/** The `csrf` value of the forms of a page. */
export function tokensOf(answer: Answer): readonly string[] {
  return [...answer.text.matchAll(/name="csrf" value="([^"]*)"/g)].map(([, token = '']) => token)
}

/** A request as bytes; `Connection: close` is sent so that the answer has an end. */
export function rawRequest(
  lintel: Lintel,
  startLine: string,
  headers: readonly string[],
  body = '',
): Promise<string> {
  const { host } = new URL(lintel.origin)
  return exchange(
    lintel,
    [startLine, `Host: ${host}`, 'Connection: close', ...headers, '', body].join('\r\n'),
  )
}

/**
 * Sends bytes piece by piece and takes all that comes back, also when the server closes before everything was sent, as
 * it may with what is too large.
 */
export async function exchange(lintel: Lintel, ...pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const { hostname, port } = new URL(lintel.origin)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('utf8').on('data', text => {
    received += text
  })
  socket.on('error', () => {})
  for (const piece of pieces) socket.write(piece)
  await new Promise(resolve => socket.once('close', resolve))
  return received
}

/** Status of the first answer of a raw exchange. */
export const statusOf = (raw: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(raw)?.[1] ?? 0)

/** How many there are of each. */
export function tally(values: readonly (string | number | undefined)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}

export const hour = 3_600_000
export const minute = 60_000

/** The same again and again, one after the other. @returns the answers in their order. */
export const manyTimes = async (count: number, one: () => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = []
  for (let i = 0; i < count; i++) answers.push(await one())
  return answers
}
