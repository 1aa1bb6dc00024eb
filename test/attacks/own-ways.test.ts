import assert from 'node:assert/strict'
import { test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import type { Client } from '../support/http/client.ts'
import { type Clock, keyOn, linkOn, paired, throughGate, withPassword } from '../support/people/two-step.ts'
import { copyOf, openData, tokensOf } from './support.ts'

const twoStep = '/security/two-step'
const another = `${twoStep}/apps/new`

async function addAnother(client: Client, clock: Clock, name: string) {
  const app = clock.app(keyOn((await client.get(another)).text))
  const answer = await client.submit({ name, code: app.code() }, 'Turn On')
  assert.equal(answer.location, twoStep)
  return app
}

/** Where the ways of a page can be taken away. */
const removals = (text: string) => [...text.matchAll(/href="([^"]+\/remove)"/g)].map(([, path = '']) => path)

for (const engine of engines) {
  test(`of fifty who remove both ways at once, one way is left (${engine})`, async t => {
    const { lintel, clock, client } = await paired(t, engine)
    const { events } = await openData(t, lintel)
    await addAnother(client, clock, 'Laptop')
    const [first = '', second = ''] = removals((await client.get(twoStep)).text)
    const [csrf = ''] = tokensOf(await client.get(second))
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => copyOf(client).post(index % 2 ? first : second, { csrf })),
    )
    for (const { status, text } of answers) assert.ok(status < 500, text)
    assert.equal(answers.filter(({ location }) => location === twoStep).length >= 1, true)
    assert.equal((await events('authn_mfa_remove')).length, 1)
  })
}

test('ways are seen, added, renamed and removed only behind the gate, and only one’s own', async t => {
  const { lintel, clock, client } = await paired(t)
  const page = await client.get(twoStep)
  const remove = linkOn(page, 'Remove')
  const rename = linkOn(page, 'Rename')
  const [csrf = ''] = tokensOf(await client.get(remove))
  const { addPeople } = await openData(t, lintel)
  await addPeople({ username: 'other' })
  const { client: other } = await withPassword(lintel, 'other', password)
  await throughGate(other, '/security', password)
  for (const path of [remove, rename, linkOn(page, 'Replace authenticator')])
    assert.equal((await other.get(path)).status, 404, path)
  const [theirs = ''] = tokensOf(await other.get('/security'))
  for (const path of [remove, rename])
    assert.equal((await other.post(path, { csrf: theirs, name: 'Mine now' })).status, 404, path)
  await clock.advance(11 * 60_000)
  for (const path of [twoStep, remove, another, `${twoStep}/turn-off`, `${twoStep}/new-codes`])
    assert.match((await client.get(path)).text, /name="password"/, path)
  for (const path of [remove, another, `${twoStep}/turn-off`, `${twoStep}/new-codes`])
    assert.equal((await client.post(path, { csrf })).status, 403, path)
})
