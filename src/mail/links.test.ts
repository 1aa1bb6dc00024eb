import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { hashToken } from '../store/ids.ts'
import { readBrowser } from './browser.ts'
import { endLinks, makeLink } from './links.ts'

eachEngine('mailed tokens are 256 random bits, and only their hashes are kept', async open => {
  const opened = await open()
  const accountId = await addPerson(opened)
  const now = opened.clock.now()
  const tokens = await opened.store.write(async tx => {
    const list: string[] = []
    while (list.length < 1_000)
      list.push(await makeLink(tx, { kind: 'reset', accountId, epoch: 1, now, lifetime: 1_000 }))
    return list
  })
  assert.equal(new Set(tokens.map(token => token.slice(0, 12))).size, 1_000)
  const ones = tokens.flatMap(token => [...Buffer.from(token, 'base64url')]).map(byte => bitsIn(byte))
  assert.equal(ones.length, 32_000)
  const share = ones.reduce((sum, bits) => sum + bits, 0) / (32_000 * 8)
  assert.ok(Math.abs(share - 0.5) < 0.01, `half of the bits are set: ${share}`)
  const rows = await opened.store.read.selectFrom('one_time_link').select('token_hash').execute()
  assert.deepEqual(rows.map(row => row.token_hash).sort(), tokens.map(hashToken).sort())
})

const bitsIn = (byte: number) => byte.toString(2).replaceAll('0', '').length

eachEngine(
  'ending links of a kind leaves the others open, and no clock that is set back revives them',
  async open => {
    const opened = await open()
    const accountId = await addPerson(opened)
    const now = opened.clock.now()
    await opened.store.write(async tx => {
      await makeLink(tx, { kind: 'reset', accountId, epoch: 1, now, lifetime: 1_000 })
      await makeLink(tx, { kind: 'not-me', accountId, epoch: 1, now, lifetime: 1_000 })
      await endLinks(tx, accountId, ['reset'], now + 500)
    })
    const left = await opened.store.read
      .selectFrom('one_time_link')
      .select('kind')
      .where('expires_at', '>', now)
      .execute()
    assert.deepEqual(
      left.map(({ kind }) => kind),
      ['not-me'],
    )
  },
)

test('a forged browser name does not get into an email', () => {
  const nasty = 'Mozilla/5.0 (Windows NT 10.0)\r\nBcc: a@b.example\u2028\u001b[31m"} Chrome/120 Safari/537'
  assert.deepEqual(readBrowser(nasty), { browser: 'Chrome', system: 'Windows' })
  assert.deepEqual(readBrowser('\r\n"}'), { browser: undefined, system: undefined })
})
