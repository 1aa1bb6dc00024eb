import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { linkIn, type Mail, type Mailbox, openMailbox } from '../support/outside/mailbox.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { answer, firstSignInByClient, question, signIn } from './guide.ts'

const fresh = 'Walnut ferry 19 at dusk'

async function house(t: Scope): Promise<{ lintel: Lintel; mailbox: Mailbox }> {
  const mailbox = await openMailbox(t)
  const lintel = await startLintel(t, { engine: 'sqlite', env: { SMTP_URL: mailbox.url } })
  await firstSignInByClient(lintel)
  return { lintel, mailbox }
}

/** A webmail site: another host that shows the link of a mail. */
async function openWebmail(t: Scope, href: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>Mail</title><p><a href="${href}">Open the link</a></p>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function askFor(person: Visitor, mailbox: Mailbox, entry: string): Promise<Mail> {
  await person.open('/sign-in')
  await person.follow('Forgot password')
  assert.equal(await person.heading(), 'Forgot password')
  await checkPage(person.page)
  await person.fill('Username', entry)
  await person.press('Continue')
  assert.equal(await person.heading(), 'Check your email')
  await checkPage(person.page)
  return mailbox.wait(({ subject }) => subject === 'Reset your password')
}

/** From the mail to the sign-in page; the link is followed from another site, as webmail does. */
async function resetFromMail(t: Scope, person: Visitor, lintel: Lintel, mail: Mail): Promise<void> {
  await person.open(await openWebmail(t, lintel.origin + linkIn(mail, 'reset')))
  await person.follow('Open the link')
  assert.equal(new URL(person.page.url()).pathname, '/reset', 'the token left the address bar')
  assert.ok((await person.text()).includes(question))
  await checkPage(person.page)
  await person.fill('Answer', 'not this one')
  await person.press('Continue')
  assert.match(await person.text(), /This answer does not match\. You have 4 tries left\./)
  await checkPage(person.page)
  await person.fill('Answer', answer)
  await person.press('Continue')
  assert.equal(await person.heading(), 'Choose a new password')
  await checkPage(person.page)
  await person.fill('New password', 'short')
  await person.fill('Confirm new password', 'short')
  await person.press('Save')
  assert.match(await person.text(), /There is a problem/)
  await checkPage(person.page)
  await person.fill('New password', fresh)
  await person.fill('Confirm new password', fresh)
  await person.press('Save')
  assert.match(await person.text(), /Your password was changed\. Sign in\./)
  assert.equal(new URL(person.page.url()).pathname, '/sign-in')
  await checkPage(person.page)
}

for (const javaScript of [true, false]) {
  test(`a forgotten password is reset from the mail, JavaScript ${javaScript ? 'on' : 'off'}`, async t => {
    const { lintel, mailbox } = await house(t)
    const person = await openBrowser(t, { width: 1280, height: 800, javaScript, origin: lintel.origin })
    const mail = await askFor(person, mailbox, javaScript ? 'admin' : 'admin@localhost')
    await resetFromMail(t, person, lintel, mail)
    await signIn(person, 'admin', fresh)
    assert.match(await person.heading(), /^Welcome/)
    await person.open(lintel.origin + linkIn(mail, 'reset'))
    assert.equal(await person.heading(), 'This link does not work')
    await checkPage(person.page)
  })
}

test('a notice leads to "This was not me", which ends everything by its button', async t => {
  const { lintel, mailbox } = await house(t)
  const notice = await mailbox.wait(({ subject }) => subject === 'Your password was changed')
  const person = await openBrowser(t, { width: 390, height: 844, origin: lintel.origin })
  await person.open(await openWebmail(t, lintel.origin + linkIn(notice, 'not-me')))
  await person.follow('Open the link')
  assert.equal(new URL(person.page.url()).pathname, '/not-me')
  assert.equal(await person.heading(), 'This was not me')
  await checkPage(person.page)
  await person.press('End all sessions')
  assert.equal(await person.heading(), 'All sessions have ended')
  await checkPage(person.page)
  await person.open(lintel.origin + linkIn(notice, 'not-me'))
  assert.equal(await person.heading(), 'This link does not work')
  await checkPage(person.page)
})
