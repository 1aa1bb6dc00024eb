import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { addPerson, addPolicy } from '../../../test/support/people/people.ts'
import { takeoverKind } from '../../account/incidents.ts'
import { resetTwoStep } from '../../administration/credential.ts'
import { makeLink } from '../../mail/links.ts'
import type { Hasher } from '../../password/hashing.ts'
import { readPolicy } from '../../policy/policy.ts'
import { openHasher } from '../../services.ts'
import type { Visit } from '../../session/visit.ts'
import { addApp } from '../../verification/app/store.ts'
import { newSecret } from '../../verification/app/totp.ts'
import { foldAnswer } from '../answer.ts'
import { readLink } from '../mailed-link.ts'
import { putQuestion } from '../store.ts'
import { checkAnswer, setForgotten } from './reset.ts'
import { mostAnswers } from './rules.ts'
import { endOlderResets, putProof } from './store.ts'

/** What these functions use of a request. */
const visitOf = (now: number, fields: Record<string, string>) =>
  ({
    now,
    form: { get: (name: string) => fields[name] ?? '' },
    trace: () => ({ actor: 'anonymous', address: '192.0.2.1', requestId: 'r1' }),
  }) as unknown as Visit

eachEngine(
  'answers that a busy server could not check cost neither the link nor the person a try',
  async open => {
    const opened = await open()
    const { services, store, clock } = opened
    await addPolicy(opened)
    const id = await addPerson(opened)
    const hasher = openHasher(services.keyring)
    const hashed = await hasher.hash(foldAnswer('Cold soup'))
    assert.ok(!hashed.busy)
    const token = await store.write(async tx => {
      await putQuestion(tx, id, 'Which meal?', hashed.value, clock.now())
      return makeLink(tx, { kind: 'reset', accountId: id, epoch: 1, now: clock.now(), lifetime: 60_000 })
    })
    const visit = {
      now: clock.now(),
      form: new URLSearchParams({ answer: 'cold soup' }),
      trace: () => ({ actor: 'anonymous', address: '192.0.2.1', requestId: 'r1' }),
    } as unknown as Visit
    const answer = async (given: Hasher) => {
      const link = await readLink(services, 'reset', token)
      assert.ok(link)
      return checkAnswer({ services, hasher: given }, visit, link)
    }
    const full: Hasher = { ...hasher, verify: async () => ({ busy: true, retryAfterSeconds: 10 }) }
    for (let tries = 0; tries <= 2 * mostAnswers; tries++)
      assert.deepEqual(await answer(full), { ok: false, refusals: [{ code: 'request.busy' }] })
    const link = await readLink(services, 'reset', token)
    assert.equal(link?.wrong_answers, 0)
    assert.deepEqual(await answer(hasher), { ok: true, value: 'right' })
  },
)

eachEngine(
  'a reset of the second step and a forgotten password within a day open an incident, in either order',
  async open => {
    const opened = await open()
    const { services, store, clock } = opened
    await addPolicy(opened)
    const hasher = openHasher(services.keyring)
    const policy = await readPolicy(store)
    const forget = async (id: string) => {
      const { epoch } = await store.read
        .selectFrom('account')
        .select('epoch')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      const token = await store.write(tx =>
        makeLink(tx, { kind: 'reset', accountId: id, epoch, now: clock.now(), lifetime: 60_000 }),
      )
      const link = await readLink(services, 'reset', token)
      assert.ok(link)
      const password = 'Walnut ferry 19 at dusk'
      const visit = visitOf(clock.now(), { password, confirm: password })
      const outcome = await setForgotten({ services, hasher, notify: async () => {} }, visit, link, policy)
      assert.deepEqual(outcome, { ok: true, value: 'changed' })
    }
    const reset = (id: string) =>
      store.write(async tx => {
        await addApp(services, tx, { accountId: id, secret: newSecret(), step: 1 }, clock.now())
        const agent = { actor: 'operator', role: 'administrator' } as const
        assert.ok(
          (await resetTwoStep(services, tx, { agent, subjectId: id, reason: '', now: clock.now() })).ok,
        )
      })
    const incidents = async () =>
      (await store.read.selectFrom('incident').select(['account_id', 'kind']).execute()).map(
        row => `${row.account_id} ${row.kind}`,
      )
    const [first, second, third] = [
      await addPerson(opened, { username: 'first' }),
      await addPerson(opened, { username: 'second' }),
      await addPerson(opened, { username: 'third' }),
    ]
    await reset(first)
    await forget(first)
    assert.deepEqual(await incidents(), [`${first} ${takeoverKind}`])
    await forget(second)
    await reset(second)
    assert.deepEqual(
      (await incidents()).sort(),
      [`${first} ${takeoverKind}`, `${second} ${takeoverKind}`].sort(),
    )
    await reset(third)
    clock.advance(24 * 3_600_000)
    await forget(third)
    assert.equal((await incidents()).length, 2, 'a day later they have nothing to do with each other')
  },
)

eachEngine('a new link leaves the one before and any under way alive, and ends older ones', async open => {
  const opened = await open()
  const { services, store, clock } = opened
  const id = await addPerson(opened)
  const next = () =>
    store.write(async tx => {
      clock.advance(1)
      await endOlderResets(tx, id, clock.now())
      return makeLink(tx, { kind: 'reset', accountId: id, epoch: 1, now: clock.now(), lifetime: 60_000 })
    })
  const tokens = [await next(), await next(), await next()]
  const live = async () => {
    const links = await Promise.all(tokens.map(token => readLink(services, 'reset', token)))
    return links.map(link => (link?.expires_at ?? 0) > clock.now())
  }
  assert.deepEqual(await live(), [false, true, true])
  const underWay = await readLink(services, 'reset', tokens[1] ?? '')
  assert.ok(underWay)
  await store.write(tx => putProof(tx, underWay, clock.now()))
  tokens.push(await next(), await next())
  assert.deepEqual(await live(), [false, true, false, true, true])
})
