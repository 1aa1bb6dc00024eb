import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import {
  asPending,
  asSession,
  enter,
  freshPerson,
  signIn,
  start,
} from '../../test/support/people/sign-ins.ts'
import { proveStep } from '../verification/common/pending.ts'
import { endSession } from './ending.ts'
import { isTooOldForStep } from './reauthentication.ts'
import { keepOwn } from './sign-ins.ts'

eachEngine('a sign-in has one id from its first step to its end, whatever its cookie holds', async open => {
  const opened = await freshPerson(open)
  const pending = await asPending(opened, await start(opened))
  const first = (await enter(opened, pending)) ?? assert.fail('no session')
  const session = await asSession(opened, first)
  const second = await opened.store.write(tx => keepOwn(tx, session, 1, opened.clock.now()))
  const kept = await asSession(opened, second ?? '')
  assert.notEqual(second, first)
  assert.deepEqual([session.id, kept.id], [pending.id, pending.id])
  await opened.store.write(tx =>
    endSession(
      opened.services,
      tx,
      { id: kept.id, accountId: opened.id },
      'signed-out',
      opened.clock.now(),
      {},
    ),
  )
  const over = await opened.read(second)
  assert.equal(over.kind === 'stranger' && over.ended?.id, pending.id)
})

eachEngine('what was proven, and when, goes with the sign-in and is added to', async open => {
  const opened = await freshPerson(open)
  const { store, clock } = opened
  const begun = await asPending(opened, await start(opened))
  const proof = { by: 'backup-code', failures: 0, epoch: 1 } as const
  const cookie = await store.write(tx => proveStep(tx, begun, 5, proof))
  const pending = await asPending(opened, cookie ?? '')
  assert.deepEqual(pending.proofs, { password: 1, 'backup-code': 5 })
  assert.equal(pending.facts.codeProven, true)
  const session = await asSession(opened, (await enter(opened, pending)) ?? '')
  assert.deepEqual(session.proofs, pending.proofs)
  const again = await store.write(tx =>
    keepOwn(tx, session, 1, clock.now(), { proven: ['password', 'code'] }),
  )
  assert.deepEqual((await asSession(opened, again ?? '')).proofs, {
    password: clock.now(),
    'backup-code': 5,
    code: clock.now(),
  })
})

eachEngine('a session that gave no code is not taken to have given one', async open => {
  const opened = await freshPerson(open)
  const cookie = await signIn(opened)
  await opened.store.writeOne(db =>
    db
      .insertInto('authenticator')
      .values({
        id: '1',
        account_id: opened.id,
        secret_sealed: '',
        last_step: 0,
        added_at: 1,
        last_used_at: 1,
      })
      .execute(),
  )
  const session = await asSession(opened, cookie)
  assert.equal(session.step, 'verify')
  assert.equal(isTooOldForStep(session, opened.clock.now()), true)
})
