import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPolicy } from '../../src/policy/policy.ts'
import { queueWelcome } from '../../src/recovery/welcome/mail.ts'
import { password } from '../journeys/guide.ts'
import { type Engine, engines } from '../support/database/databases.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { linkIn, type Mail, openMailbox } from '../support/outside/mailbox.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { type Data, openData } from './support.ts'

const hour = 3_600_000

interface Invited {
  readonly lintel: Lintel
  readonly data: Data
  readonly mail: Mail
}

async function invited(t: Scope, given: { withLink?: boolean; engine?: Engine } = {}): Promise<Invited> {
  const { withLink = true, engine = 'sqlite' } = given
  const mailbox = await openMailbox(t)
  const lintel = await startLintel(t, { engine, clockOffset: 0, env: { SMTP_URL: mailbox.url } })
  const data = await openData(t, lintel)
  const [id = ''] = await data.addPeople({ username: 'amina', temporary: true, termsOpen: true })
  const { services } = data
  const policy = await readPolicy(services.store)
  await services.store.write(tx => queueWelcome(services, tx, id, { withLink, policy, now: services.now() }))
  const asker = openClient(lintel.origin)
  await asker.get('/forgot-password')
  await asker.submit({ username: 'nobody' }, 'Continue')
  return { lintel, data, mail: await mailbox.wait(({ subject }) => subject === 'Your account is ready') }
}

async function opened({ lintel }: Invited, link: string): Promise<{ client: Client; text: string }> {
  const client = openClient(lintel.origin)
  const first = await client.get(link)
  assert.equal(first.location, '/welcome')
  assert.equal(first.headers['referrer-policy'], 'no-referrer')
  return { client, text: (await client.follow(first)).text }
}

test('the welcome link starts the first sign-in by its button, and leads back to the open step until there is an own password', async t => {
  const given = await invited(t)
  const { mail } = given
  assert.match(mail.text, /^Organizations: North Shelter\nWorkgroups: HMIS Users$/m)
  const link = linkIn(mail, 'welcome')
  for (let visit = 0; visit < 3; visit++) await opened(given, link)
  const { client, text } = await opened(given, link)
  assert.match(text, /Welcome, Amina\./)
  const begun = await client.follow(await client.submit({}, 'Continue'))
  assert.match(begun.text, /<h1>Terms of Agreement<\/h1>/)
  const next = await client.follow(await client.submit({}, 'Accept'))
  assert.match(next.text, /<h1>Create a new password<\/h1>/)
  const other = await opened(given, link)
  const back = await other.client.follow(await other.client.submit({}, 'Continue'))
  assert.match(back.text, /<h1>Create a new password<\/h1>/, 'in another browser, at the step that is open')
  const [reuse] = await given.data.events('authn_token_reuse')
  assert.equal(reuse?.subject, await given.data.idOf('amina'))
  const own = 'Gneiss quilt 71 walks'
  await other.client.submit({ password: own, confirm: own }, 'Save')
  assert.match((await opened(given, link)).text, /This link does not work/)
  assert.equal((await client.get('/')).location, '/sign-in', 'what was begun before is dead')
})

for (const engine of engines) {
  test(`of fifty who hold the welcome link one chooses the password (${engine})`, async t => {
    const given = await invited(t, { engine })
    const link = linkIn(given.mail, 'welcome')
    const clients = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const { client } = await opened(given, link)
        await client.follow(await client.submit({}, 'Continue'))
        return client
      }),
    )
    await clients[0]?.submit({}, 'Accept')
    await Promise.all(
      clients.map(async (client, index) => {
        await client.get('/password/new')
        const own = `Gneiss quilt ${index} walks`
        await client.submit({ password: own, confirm: own }, 'Save')
      }),
    )
    const places = await Promise.all(clients.map(client => client.get('/')))
    assert.equal(places.filter(({ location }) => location !== '/sign-in').length, 1)
  })
}

test('the welcome link is dead once it expires or the person has a password', async t => {
  const late = await invited(t)
  const settled = await opened(late, linkIn(late.mail, 'welcome'))
  await late.data.services.store.write(tx =>
    tx.db.updateTable('credential').set({ is_temporary: 0 }).execute(),
  )
  assert.equal((await settled.client.submit({}, 'Continue')).status, 422)
  await late.data.services.store.write(tx =>
    tx.db.updateTable('credential').set({ is_temporary: 1 }).execute(),
  )
  await late.lintel.advance(72 * hour + 1_000)
  assert.match((await opened(late, linkIn(late.mail, 'welcome'))).text, /This link does not work/)
})

test('a welcome email without a link says how to get the temporary password and never holds it', async t => {
  const { mail } = await invited(t, { withLink: false })
  assert.doesNotMatch(mail.source, /\/welcome\//)
  assert.match(mail.text, /Get it by\s+phone or in person/)
  assert.ok(!mail.source.includes(password))
})
