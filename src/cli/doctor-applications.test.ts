import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { plainApplication } from '../applications/presets.ts'
import { addSecret, createApplication, type NewApplication } from '../applications/store.ts'
import { ensureKeys } from '../openid/keys.ts'
import { lookAtApplications } from './doctor-applications.ts'

const day = 24 * 3_600_000

eachEngine('the doctor names what is wrong with applications, and says nothing without any', async open => {
  const opened = await open()
  const { store, clock, services } = opened
  const look = async () =>
    (await lookAtApplications(store, true, clock.now())).map(({ state, says }) => `${state} ${says}`)
  assert.deepEqual(await look(), [])
  const register = (name: string, given: Partial<NewApplication> = {}) =>
    store.write(async tx => {
      const redirectUris = [`https://${name.toLowerCase()}.example.org/callback`]
      const made = { ...plainApplication('other'), name, redirectUris, ...given }
      const id = await createApplication(tx, made, clock.now())
      await addSecret(tx, id, clock.now())
      return id
    })
  await register('Beds')
  assert.deepEqual(await look(), ['good 1 registered'])
  await register('Moodle', { pkceException: 'It cannot.' })
  await register('Trial', { redirectUris: ['http://localhost:3000/callback'] })
  const deaf = await register('Deaf', { backchannelUri: 'http://127.0.0.1:9/out' })
  const shut = await register('Shut', { backchannelUri: 'http://127.0.0.1:9/out' })
  await store.writeOne(db =>
    db.updateTable('application').set({ disabled_at: 1 }).where('id', '=', shut).execute(),
  )
  await store.writeOne(db =>
    db
      .insertInto('logout_notice')
      .values({
        id: 'n',
        application_id: deaf,
        account_id: 'a',
        session_id: 's',
        tries: 2,
        next_try_at: null,
        last_error: 'no answer',
        created_at: 1,
        sent_at: null,
      })
      .execute(),
  )
  assert.deepEqual(await look(), [
    'good 5 registered; 1 disabled; without PKCE: Moodle',
    'warn Deaf does not answer at http://127.0.0.1:9/out, so it does not hear of sign-outs. Check the address and the network.',
    'warn Trial takes its code at http://localhost:3000/callback, without TLS. That is for development: remove it.',
    'warn 1 sign-out notices to Deaf failed: its page in the console says why.',
  ])
  await ensureKeys(services, clock.now())
  clock.advance(366 * day)
  const later = (await look()).join('\n')
  assert.match(later, /warn Beds has a secret that was never used in 366 days/)
  assert.match(later, /the key that signs for applications is 366 days old: lintel application key rotate/)
})
