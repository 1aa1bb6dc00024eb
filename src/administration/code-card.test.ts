import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { readPolicy } from '../policy/policy.ts'
import { newCardCodes } from '../verification/code-card/code.ts'
import { prepareCard, readCard } from '../verification/code-card/store.ts'
import type { Act } from './act.ts'
import { giveCodeCard } from './code-card.ts'
import { issueTemporaryPassword, lockDown, resetTwoStep } from './credential.ts'

const hash = { encoded: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', pepperId: 'testkey1' }

async function openPerson(opened: Opened) {
  const { store, services, clock } = opened
  const subjectId = await addPerson(opened)
  const act = (): Act => ({
    agent: { actor: 'operator:test', role: 'administrator' },
    subjectId,
    reason: 'no phone',
    identified: 'in-person',
    now: clock.now(),
  })
  const policy = await readPolicy(store)
  return {
    subjectId,
    act,
    async giveCard() {
      const prepared = await prepareCard(services.keyring, subjectId, newCardCodes())
      return store.write(tx => giveCodeCard(services, tx, act(), prepared))
    },
    newPassword: () => store.write(tx => issueTemporaryPassword(services, tx, act(), hash, policy)),
    incidents: async () =>
      (await store.read.selectFrom('incident').select('kind').execute()).map(({ kind }) => kind),
    epoch: async () =>
      (await store.read.selectFrom('account').select('epoch').where('id', '=', subjectId).executeTakeFirst())
        ?.epoch,
  }
}

eachEngine('a code card that is given is in the log, and ends what is signed in', async open => {
  const opened = await open()
  const person = await openPerson(opened)
  const before = await person.epoch()
  const given = await person.giveCard()
  assert.deepEqual(given.ok && given.value, { letter: 'A', number: 1, left: 40 })
  assert.notEqual(await person.epoch(), before)
  const events = await opened.store.read.selectFrom('audit_record').select(['event', 'args']).execute()
  const [enrolled] = events.filter(({ event }) => event === 'authn_mfa_enroll')
  assert.match(
    enrolled?.args ?? '',
    /"by":"code-card".*"identified":"in-person"|"identified":"in-person".*"by":"code-card"/,
  )
})

eachEngine(
  'a first card and a temporary password on the same day are how a newcomer is let in',
  async open => {
    const opened = await open()
    const person = await openPerson(opened)
    await person.giveCard()
    await person.newPassword()
    assert.deepEqual(await person.incidents(), [])
  },
)

eachEngine(
  'a card in the place of a second step, and a new password within a day, open an incident',
  async open => {
    for (const order of ['password last', 'card last']) {
      const opened = await open()
      const person = await openPerson(opened)
      await person.giveCard()
      opened.clock.advance(48 * 3_600_000)
      if (order === 'card last') await person.newPassword()
      await person.giveCard()
      if (order === 'password last') await person.newPassword()
      assert.deepEqual(await person.incidents(), ['password-and-two-step-reset'], order)
    }
  },
)

eachEngine('Reset 2-step and a lock-down take the card away', async open => {
  const opened = await open()
  const { store, services } = opened
  const person = await openPerson(opened)
  const ends = [
    () => store.write(async tx => (await resetTwoStep(services, tx, person.act())).ok),
    () => store.write(async tx => (await lockDown(services, tx, person.act())).ok),
  ]
  for (const end of ends) {
    await person.giveCard()
    assert.notEqual(await readCard(store.read, person.subjectId), undefined)
    assert.equal(await end(), true)
    assert.equal(await readCard(store.read, person.subjectId), undefined)
  }
})
