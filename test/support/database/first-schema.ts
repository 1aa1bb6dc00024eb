import { hash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { emptyHead, type SignedColumns, signRecord } from '../../../src/audit/audit.ts'
import type { Hasher } from '../../../src/password/hashing.ts'
import type { Services } from '../../../src/session/services.ts'
import { newId } from '../../../src/store/ids.ts'

type Row = Readonly<Record<string, string | number | null>>

/** Who is in a store of the first schema, and what its one administrator gives to sign in. */
export interface FirstPeople {
  readonly people: Readonly<Record<string, string>>
  readonly temporaryPassword: string
}

const text = 'Keep what you read to yourself.'
const temporaryPassword = 'first-of-all-the-doors'
const day = 86_400_000

/**
 * Fills a store of the first schema as a Lintel of that time did: every row by its own names, because what writes rows
 * today writes columns that came later. An administrator who has not signed in yet, and people who are settled.
 */
export async function fillFirstSchema(
  services: Services,
  hasher: Hasher,
  usernames: readonly string[],
  password: string,
): Promise<FirstPeople> {
  const now = services.now()
  const terms = { id: newId(now), sha256: hash('sha256', text) }
  const organization = newId(now)
  const admin = accountRow('admin', 'administrator', now)
  const people = usernames.map(username => accountRow(username, 'user', now))
  await put(services, [
    ['policy', { id: 1, overrides: '{}', version: 1 }],
    ['counter', { name: 'active administrators', value: 1 }],
    ['organization', placeRow(organization, 'Helpdesk', now)],
    ['workgroup', placeRow(newId(now), 'HMIS Users', now)],
    ['workgroup', placeRow(newId(now), 'System Administrators', now)],
    [
      'terms_version',
      { ...terms, number: 1, text, effective_at: now, created_at: now, created_by: 'system' },
    ],
    ...[admin, ...people].map(row => ['account', row] as const),
    [
      'account_organization',
      { account_id: admin.id, organization_id: organization, is_active: 1, may_sign_in: 1, may_edit: 1 },
    ],
    ...[admin, ...people].map(
      ({ id, username }) => ['account_word', { word: username, account_id: id }] as const,
    ),
    [
      'credential',
      {
        ...(await credentialRow(hasher, admin.id, temporaryPassword, now)),
        is_temporary: 1,
        expires_at: now + day,
      },
    ],
  ])
  for (const { id } of people)
    await put(services, [
      ['credential', await credentialRow(hasher, id, password, now)],
      [
        'terms_acceptance',
        {
          id: newId(now),
          account_id: id,
          terms_version_id: terms.id,
          sha256: terms.sha256,
          accepted_at: now,
          address: '127.0.0.1',
        },
      ],
    ])
  await put(
    services,
    chainRows(
      services,
      [admin, ...people].map(({ id }) => id),
    ),
  )
  return { people: Object.fromEntries(people.map(({ id, username }) => [username, id])), temporaryPassword }
}

const accountRow = (username: string, role: string, now: number) => ({
  id: newId(now),
  username,
  username_key: username,
  first_name: 'Maria',
  last_name: 'Lee',
  email: `${username}@example.org`,
  email_key: `${username}@example.org`,
  role,
  role_since: now,
  epoch: 1,
  version: 1,
  created_at: now,
  active_since: now,
  recovery_asked: 0,
  language: '',
  theme: 'system',
  training_state: 'unknown',
})

const placeRow = (id: string, name: string, now: number): Row => ({
  id,
  name,
  name_key: name.toLowerCase(),
  allows: 'Help people with their accounts.',
  created_at: now,
  version: 1,
})

async function credentialRow(hasher: Hasher, id: string, password: string, now: number): Promise<Row> {
  const hashed = await hasher.hash(password)
  if (hashed.busy) throw new Error('The test hashes too much at once.')
  const { encoded, pepperId } = hashed.value
  return { account_id: id, encoded, pepper_id: pepperId, is_temporary: 0, expires_at: null, set_at: now }
}

/** A chain of that time: it did not yet name what was there before it. */
function chainRows({ keyring, now }: Services, made: readonly string[]): readonly (readonly [string, Row])[] {
  const chain = newId(now())
  const key = keyring.key('audit') ?? Buffer.alloc(0)
  let head = emptyHead
  const records = made.map((subject, index) => {
    const columns: SignedColumns = {
      id: newId(now()),
      chain_id: chain,
      position: index + 1,
      at: now(),
      event: 'user_created',
      actor: 'system',
      subject,
      address: null,
      request_id: null,
      args: '{}',
      key_id: keyring.currentId,
    }
    head = signRecord(key, columns, head)
    return ['audit_record', { ...columns, hmac: head }] as const
  })
  const row = { id: chain, started_at: now(), host: 'of-old', length: records.length, head }
  return [['audit_chain', row], ...records]
}

const put = ({ store }: Services, rows: readonly (readonly [string, Row])[]): Promise<void> =>
  store.write(async tx => {
    for (const [table, row] of rows) await insertInto(table, row).execute(tx.db)
  })

/** An insert that names its columns itself, as the schema of that time had them. */
export const insertInto = (table: string, row: Row): RawBuilder<unknown> =>
  sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map(name => sql.ref(name)))})
    values (${sql.join(Object.values(row))})`
