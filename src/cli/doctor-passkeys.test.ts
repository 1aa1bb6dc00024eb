import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { giveKey } from '../../test/support/people/authenticator.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { lookAtPasskeys } from './doctor-passkeys.ts'

eachEngine(
  'the doctor tells of an address without passkeys, and of those of a former address',
  async open => {
    const opened = await open()
    const look = (LINTEL_ORIGIN: string) => lookAtPasskeys(opened.store, { LINTEL_ORIGIN })
    for (const ip of ['https://192.0.2.7', 'https://[2001:db8::7]:8443', 'http://127.0.0.1:3000']) {
      const found = await look(ip)
      assert.equal(found.state, 'warn')
      assert.match(found.says, /none for an IP address/)
    }
    const id = await addPerson(opened)
    await giveKey(opened.services, id, { rpId: 'door.example.org' })
    const good = await look('https://door.example.org')
    assert.deepEqual([good.state, good.says], ['good', 'they work at door.example.org; people have 1'])
    const moved = await look('https://new.example.org')
    assert.equal(moved.state, 'warn')
    assert.match(moved.says, /^1 are of door\.example\.org and do not work at new\.example\.org/)
  },
)
