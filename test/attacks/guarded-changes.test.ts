/** Changes of what guards an account, with a thief signed in beside the owner. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import {
  atCodePage,
  changeStore,
  clockOf,
  codesOn,
  isInside,
  pair,
  sendCode,
  throughGate,
} from '../support/people/two-step.ts'
import { startLintel } from '../support/process/process.ts'
import { copyOf, openData, signedIn } from './support.ts'

const file = '/two-step/backup-codes.txt'

test('a new security question ends every other session', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const data = await openData(t, lintel)
  await data.addPeople({ username: 'amina' })
  changeStore(lintel, `update policy set overrides = '{"sessionsPerPerson":5}'`)
  const thief = await signedIn(lintel, 'amina', password)
  const owner = await signedIn(lintel, 'amina', password)
  await throughGate(owner, '/recovery/question', password)
  const kept = await owner.submit({ question: 'Which boat?', answer: 'the green one' }, 'Save')
  assert.equal(kept.location, '/recovery')
  assert.ok(await isInside(owner))
  assert.ok(!(await isInside(thief)), 'the question was changed')
})

test('new backup codes end every other session, and are not downloaded once the password was given too long ago', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const clock = clockOf(lintel)
  const owner = await firstSignInByClient(lintel)
  const { app } = await pair(owner, clock, password)
  changeStore(lintel, `update policy set overrides = '{"reauthenticationMinutes":5,"sessionsPerPerson":5}'`)
  await clock.nextStep()
  const other = await atCodePage(lintel)
  await other.follow(await sendCode(other, app.code()))
  assert.ok(await isInside(other))
  await clock.nextStep()
  await throughGate(owner, '/security/two-step', password, app.code())
  const renewed = await owner.follow(await owner.post('/security/two-step/new-codes', {}))
  const codes = codesOn(renewed.text)
  assert.equal(codes.length, 10)
  assert.ok(!(await isInside(other)))
  const thief = copyOf(owner)
  assert.ok((await thief.get(file)).text.includes(codes[0] ?? ''))
  await clock.advance(6 * 60_000)
  const late = await thief.get(file)
  assert.ok(!late.text.includes(codes[0] ?? ''))
  assert.match(late.text, /type="password"/, 'the password is asked first')
})
