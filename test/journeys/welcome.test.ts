import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPolicy } from '../../src/policy/policy.ts'
import { queueWelcome } from '../../src/recovery/welcome/mail.ts'
import { openData } from '../attacks/support.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { openClient } from '../support/http/client.ts'
import { linkIn, openMailbox } from '../support/outside/mailbox.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'

/** Someone new, with the mail that welcomes them. @returns the path of its link. */
const ownPassword = 'Quiet lantern 7 over snow'

async function invite(t: Scope): Promise<{ lintel: Lintel; link: string }> {
  const mailbox = await openMailbox(t)
  const lintel = await startLintel(t, { engine: 'sqlite', env: { SMTP_URL: mailbox.url } })
  const data = await openData(t, lintel)
  const [id = ''] = await data.addPeople({ username: 'amina', temporary: true, termsOpen: true })
  const { services } = data
  const policy = await readPolicy(services.store)
  await services.store.write(tx =>
    queueWelcome(services, tx, id, { withLink: true, policy, now: services.now() }),
  )
  const asker = openClient(lintel.origin)
  await asker.get('/forgot-password')
  await asker.submit({ username: 'nobody' }, 'Continue')
  const mail = await mailbox.wait(({ subject }) => subject === 'Your account is ready')
  return { lintel, link: linkIn(mail, 'welcome') }
}

for (const javaScript of [true, false]) {
  test(`the welcome link leads to the terms, and is dead once there is an own password, JavaScript ${javaScript ? 'on' : 'off'}`, async t => {
    const { lintel, link } = await invite(t)
    const person = await openBrowser(t, { width: 390, height: 844, javaScript, origin: lintel.origin })
    await person.open(link)
    assert.equal(new URL(person.page.url()).pathname, '/welcome', 'the token left the address bar')
    assert.equal(await person.heading(), 'Set up your account')
    assert.match(await person.text(), /Welcome, Amina\.[\s\S]*Your username is amina\./)
    await checkPage(person.page)
    await person.press('Continue')
    assert.equal(await person.heading(), 'Terms of Agreement')
    await person.press('Accept')
    assert.equal(await person.heading(), 'Create a new password')
    const late = await openBrowser(t, { width: 390, height: 844, javaScript, origin: lintel.origin })
    await late.open(link)
    assert.equal(await late.heading(), 'Set up your account', 'without an own password the link leads back')
    await person.fill('New password', ownPassword)
    await person.fill('Confirm new password', ownPassword)
    await person.press('Save')
    await late.open(link)
    assert.equal(await late.heading(), 'This link does not work')
    await checkPage(late.page)
    await late.follow('Go to Sign in')
    assert.equal(new URL(late.page.url()).pathname, '/sign-in')
  })
}
