import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { addPerson } from '../../test/support/people/people.ts'
import type { Tx } from '../store/store.ts'
import { cutOff, type EndedSessions, endSignIns, type Which } from './ending.ts'

/** Sessions and a pending sign-in of one person; each id says which it is. */
async function openSignIns(opened: Opened, accountId: string, sessions: readonly string[], pending: string) {
  const now = opened.clock.now()
  const row = (id: string, created_at: number) => ({
    id,
    token_hash: `hash of ${id}`,
    account_id: accountId,
    epoch: 1,
    proofs: '{}',
    csrf_secret: 'x',
    created_at,
    address: '',
    user_agent: '',
    failures_before: 0,
    return_to: '/',
  })
  await opened.store.write(async ({ db }) => {
    for (const [age, id] of sessions.entries())
      await db
        .insertInto('session')
        .values({ ...row(id, now - age), last_seen_at: now })
        .execute()
    await db.insertInto('pending_sign_in').values(row(pending, now)).execute()
  })
}

async function fresh(open: () => Promise<Opened>) {
  const opened = await open()
  const id = await addPerson(opened)
  const other = await addPerson(opened, { username: 'other' })
  await openSignIns(opened, id, ['newest', 'middle', 'oldest'], 'pending')
  await openSignIns(opened, other, ['theirs'], 'their pending')
  return { ...opened, id }
}

async function alive({ store }: Opened): Promise<readonly string[]> {
  const sessions = await store.read.selectFrom('session').select('id').where('ended_at', 'is', null).execute()
  const pending = await store.read.selectFrom('pending_sign_in').select('id').execute()
  return [...sessions, ...pending].map(({ id }) => id).sort()
}

const theirs = ['their pending', 'theirs']
const cases: readonly { readonly title: string; readonly which: Omit<Which, 'accountId'>; left: string[] }[] =
  [
    { title: 'all sign-ins of a person end', which: {}, left: [] },
    { title: 'one session ends', which: { one: 'middle' }, left: ['newest', 'oldest', 'pending'] },
    {
      title: 'one pending sign-in ends',
      which: { one: 'pending' },
      left: ['middle', 'newest', 'oldest'],
    },
    { title: 'all but one end', which: { except: 'oldest' }, left: ['oldest'] },
    { title: 'all but a pending one end', which: { except: 'pending' }, left: ['pending'] },
    {
      title: 'the sessions beyond the newest two end, and no pending sign-in',
      which: { beyond: 2 },
      left: ['middle', 'newest', 'pending'],
    },
  ]

for (const { title, which, left } of cases)
  eachEngine(`${title}; nobody else's do`, async open => {
    const opened = await fresh(open)
    const { services, store, clock, id } = opened
    await store.write(tx =>
      endSignIns(services, tx, { accountId: id, ...which }, 'ended-by-person', clock.now()),
    )
    assert.deepEqual(await alive(opened), [...left, ...theirs].sort())
  })

eachEngine('an end is told once, with whose, which, why and when', async open => {
  const { services, store, clock, id } = await fresh(open)
  const told: EndedSessions[] = []
  const parts = { ...services, onEnd: [async (_: Tx, ended: EndedSessions) => void told.push(ended)] }
  const end = () =>
    store.write(tx =>
      endSignIns(parts, tx, { accountId: id, except: 'newest' }, 'ended-by-helpdesk', clock.now()),
    )
  assert.deepEqual([await end(), await end()], [2, 0])
  assert.equal(told.length, 1)
  assert.deepEqual(
    { ...told[0], ids: told[0]?.ids.toSorted() },
    { accountId: id, ids: ['middle', 'oldest'], reason: 'ended-by-helpdesk', now: clock.now() },
  )
})

eachEngine('an end that could not be told is no end', async open => {
  const opened = await fresh(open)
  const { services, store, clock, id } = opened
  const before = await alive(opened)
  const parts = { ...services, onEnd: [() => Promise.reject(new Error('not told'))] }
  await assert.rejects(
    store.write(tx => cutOff(parts, tx, id, 'not-me', clock.now())),
    /not told/,
  )
  assert.deepEqual(await alive(opened), before)
  const account = await store.read
    .selectFrom('account')
    .select('epoch')
    .where('id', '=', id)
    .executeTakeFirst()
  assert.equal(account?.epoch, 1)
})
