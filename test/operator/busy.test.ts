import assert from 'node:assert/strict'
import { createApp } from '../../src/app.ts'
import { createHashQueue } from '../../src/password/hash-queue.ts'
import { createHasher } from '../../src/password/hashing.ts'
import type { Keyring } from '../../src/store/keyring.ts'
import { eachEngine } from '../support/database/store.ts'
import { addPolicy } from '../support/people/people.ts'

const pepperOf = ({ currentId, key }: Keyring) => ({
  currentId,
  keys: new Map([[currentId, key('pepper') ?? Buffer.alloc(0)]]),
})

eachEngine(
  'a server whose hash queue is full says 503 and when to come again, and counts no failure',
  async open => {
    const opened = await open()
    await addPolicy(opened)
    const { services } = opened
    const queue = createHashQueue({ lanes: 1, maxWaiting: 0 })
    const hasher = createHasher({ pepper: pepperOf(services.keyring), queue })
    const { app } = createApp({ services, hasher })
    const origin = services.settings.LINTEL_ORIGIN
    const headers = { host: new URL(origin).host, origin, 'sec-fetch-site': 'same-origin' }

    const shown = await app.request('/sign-in', { headers })
    const cookie = shown.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const csrf = /name="csrf" value="([^"]+)"/.exec(await shown.text())?.[1] ?? ''
    const body = new URLSearchParams({ csrf, username: 'nobody', password: 'Heron lamp 42 quietly' })
    const send = () => app.request('/sign-in', { method: 'POST', headers: { ...headers, cookie }, body })

    const released = Promise.withResolvers<void>()
    const held = queue.run('person', () => released.promise)
    for (let tried = 1; tried <= 6; tried++) {
      const answer = await send()
      assert.equal(answer.status, 503)
      assert.equal(answer.headers.get('retry-after'), '5')
    }
    released.resolve()
    await held
    assert.equal((await send()).status, 422)
  },
)
