import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { type Data, openData } from '../attacks/support.ts'
import type { Driver, EngineName, WindowSize } from '../support/browser/driver.ts'
import { openEngine } from '../support/browser/engines.ts'
import { linkIn, type Mailbox, openMailbox } from '../support/outside/mailbox.ts'
import { type App, type Clock, clockOf } from '../support/people/two-step.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'
import { answer, question, password as temporary } from './guide.ts'

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const
const own = 'Quiet lantern 7 over snow'
const fresh = 'Walnut ferry 19 at dusk'
const menu = 'AW, User settings, Amina Warsame'

interface House {
  readonly lintel: Lintel
  readonly clock: Clock
  readonly mailbox: Mailbox
  readonly data: Data
}

async function openHouse(): Promise<House> {
  const mailbox = await openMailbox({ after })
  const lintel = await startLintel(
    { after },
    { engine: 'sqlite', clockOffset: 0, env: { SMTP_URL: mailbox.url } },
  )
  return { lintel, clock: clockOf(lintel), mailbox, data: await openData({ after }, lintel) }
}

async function signIn(person: Driver, username: string, secret: string): Promise<void> {
  await person.open('/sign-in')
  await person.fill('Username', username)
  await person.fill('Password', secret)
  await person.press('Sign In')
}

/** Nothing hides to the right, and there is something to see. */
async function look(person: Driver, size: WindowSize): Promise<void> {
  const { window, content } = await person.widths()
  assert.equal(window, size.width)
  assert.ok(content <= window, `${await person.path()} is ${content} px wide in a window of ${window}`)
  const picture = Buffer.from(await person.screenshot())
  assert.equal(picture.subarray(1, 4).toString(), 'PNG')
}

async function firstSignIn(person: Driver, username: string, seen: () => Promise<void>): Promise<void> {
  await signIn(person, username, temporary)
  assert.equal(await person.heading(), 'Terms of Agreement')
  await seen()
  await person.press('Accept')
  assert.equal(await person.heading(), 'Create a new password')
  assert.equal(await person.isTicked('Update my Recovery Information'), true)
  await seen()
  await person.fill('New password', 'weak')
  await person.fill('Confirm new password', 'weak')
  await person.press('Save')
  assert.match(await person.text(), /There is a problem/)
  await person.fill('New password', own)
  await person.fill('Confirm new password', own)
  await person.press('Save')
  assert.equal(await person.heading(), 'Account recovery')
  await person.follow('Set security question')
  await seen()
  await person.fill('Question', question)
  await person.fill('Answer', answer)
  await person.press('Save')
  assert.equal(await person.path(), '/')
  assert.match(await person.heading(), /^Welcome/)
  await seen()
}

/** Pairs an app in Security Settings and signs in with it. */
async function pairing(
  person: Driver,
  username: string,
  clock: Clock,
  seen: () => Promise<void>,
): Promise<App> {
  await person.toggle(menu)
  await person.followToNewTab('Security Settings (opens in a new tab)')
  assert.equal(await person.heading(), 'Security Settings')
  await person.fill('Password', own)
  await person.press('Submit')
  await seen()
  await person.follow('2-Step Verification')
  const app = clock.app((await person.textOf('#key')).replace(/\s/g, ''))
  await seen()
  await person.fill('Verification code', app.code())
  await person.press('Turn On')
  assert.equal(await person.heading(), 'Backup codes')
  await seen()
  await person.press('I have saved these')
  assert.match(await person.text(), /10 left/)
  await person.toggle(menu)
  await person.press('Sign Out')
  await clock.nextStep()
  await signIn(person, username, own)
  assert.equal(await person.heading(), '2-Step Verification')
  await person.fill('Verification code', app.code())
  await person.press('Submit')
  assert.match(await person.heading(), /^Welcome/)
  return app
}

async function forgotPassword(
  person: Driver,
  username: string,
  house: House,
  seen: () => Promise<void>,
): Promise<void> {
  await person.toggle(menu)
  await person.press('Sign Out')
  await person.follow('Forgot password')
  await person.fill('Username', username)
  await person.press('Continue')
  assert.equal(await person.heading(), 'Check your email')
  await seen()
  const mail = await house.mailbox.wait(
    ({ subject, recipients }) =>
      subject === 'Reset your password' && recipients.includes(`${username}@example.org`),
  )
  await person.open(linkIn(mail, 'reset'))
  assert.equal(await person.path(), '/reset')
  await person.fill('Answer', answer)
  await person.press('Continue')
  await seen()
  await person.fill('New password', fresh)
  await person.fill('Confirm new password', fresh)
  await person.press('Save')
  assert.match(await person.text(), /Your password was changed\. Sign in\./)
  await seen()
}

async function createAccount(person: Driver, username: string, seen: () => Promise<void>): Promise<void> {
  await signIn(person, username, temporary)
  await person.open('/helpdesk/people/new')
  await seen()
  await person.fill('First name', 'Noor')
  await person.fill('Last name', 'Haddad')
  await person.fill('Email', `noor-${username}@example.org`)
  await person.choose('Organization', 'Helpdesk')
  await person.choose('Workgroup', 'HMIS Users')
  await person.press('Continue')
  assert.doesNotMatch(await person.text(), /Temporary password:/)
  await seen()
  await person.press('Create account')
  assert.match(await person.text(), /Temporary password: [a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}/)
  await seen()
}

/** The guide's journeys in one engine, at a desk and on a phone. */
export function journeysIn(engine: EngineName): void {
  describe(`in ${engine}`, async () => {
    const house = await openHouse()
    for (const [name, size] of Object.entries(sizes)) {
      test(`a person signs in first, pairs an app and resets a forgotten password, on a ${name}`, async t => {
        const username = `amina-${name}`
        await house.data.addPeople({ username, temporary: true, termsOpen: true })
        const person = await openEngine[engine](t, size, house.lintel.origin)
        const seen = () => look(person, size)
        await firstSignIn(person, username, seen)
        const app = await pairing(person, username, house.clock, seen)
        await forgotPassword(person, username, house, seen)
        await house.clock.nextStep()
        await signIn(person, username, fresh)
        await person.fill('Verification code', app.code())
        await person.press('Submit')
        assert.match(await person.heading(), /^Welcome/)
      })

      test(`the helpdesk makes an account, on a ${name}`, async t => {
        const username = `desk-${name}`
        await house.data.addPeople({ username, role: 'helpdesk', account: { role_since: Date.now() } })
        const person = await openEngine[engine](t, size, house.lintel.origin)
        await createAccount(person, username, () => look(person, size))
      })
    }
  })
}
