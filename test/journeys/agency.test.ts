import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { type Data, openData } from '../attacks/support.ts'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { appoint } from '../support/people/agency.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, password, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const shelter = 'Lakeside Night Shelter'

interface Agency {
  readonly lintel: Lintel
  readonly data: Data
  readonly organization: string
  /** Signed in, with the desk in this language. */
  enter(
    username: string,
    given?: { readonly size?: typeof phone; readonly language?: string },
  ): Promise<Visitor>
}

/** A shelter with people and two contacts, each on a phone of their own. */
async function openAgency(t: Scope): Promise<Agency> {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const data = await openData(t, lintel)
  await data.addPeople(
    ...['Clara', 'Colin', 'Amina', 'Bert', 'Chai'].map(firstName => ({
      username: firstName.toLowerCase(),
      firstName,
      organizations: [shelter],
    })),
  )
  const { store, now } = data.services
  const { id } = await store.read
    .selectFrom('organization')
    .select('id')
    .where('name', '=', shelter)
    .executeTakeFirstOrThrow()
  for (const username of ['clara', 'colin'])
    await appoint({ store, clock: { now } }, await data.idOf(username), id)
  return {
    ...{ lintel, data, organization: id },
    async enter(username, { size = phone, language = '' } = {}) {
      const contact = await openBrowser(t, { ...size, origin: lintel.origin })
      await signIn(contact, username, password)
      await store.writeOne(db =>
        db.updateTable('account').set({ language }).where('username', '=', username).execute(),
      )
      return contact
    },
  }
}

async function passGate(visitor: Visitor): Promise<void> {
  await visitor.fill('Password', password)
  await visitor.press('Submit')
}

/** Goes to a part of the page by Tab alone. */
async function reach(target: Locator): Promise<void> {
  const isReached = () => target.evaluate(element => element.contains(document.activeElement))
  for (let tabs = 0; !(await isReached()); tabs++) {
    assert.ok(tabs < 60, `${target} is not reached by Tab`)
    await target.page().keyboard.press('Tab')
  }
}

/** Goes to a link or button by Tab alone, and presses Enter. */
async function keyed({ page }: Visitor, role: 'link' | 'button', name: string): Promise<void> {
  await reach(page.getByRole(role, { name, exact: true }))
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')])
}

const passwordOn = async (agent: Visitor): Promise<string> =>
  (await agent.text()).match(/Temporary password: ([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})/)?.[1] ?? ''

test('a contact asks on a phone in Spanish, the helpdesk makes the account from it, and the new person signs in', async t => {
  const { lintel, enter, organization } = await openAgency(t)
  const contact = await enter('clara', { language: 'es' })
  await contact.open('/')
  await contact.follow('Mesa de la agencia')
  assert.equal(await contact.heading(), shelter)
  await checkPage(contact.page)
  await contact.follow('Pedir una cuenta')
  await contact.fill('Nombre', 'Halima')
  await contact.fill('Apellido', 'Osman')
  await contact.fill('Correo electrónico', 'halima@example.org')
  await contact.fill('Puesto', 'Night staff')
  await contact.press('Enviar')
  assert.match(await contact.text(), /Diga si terminó la capacitación/)
  await checkPage(contact.page)
  await contact.tick('No lo sé')
  await contact.press('Enviar')
  assert.match(await contact.text(), /Su solicitud se envió a la mesa de ayuda/)
  await checkPage(contact.page)
  const agent = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await firstSignIn(agent, lintel)
  await agent.open('/helpdesk')
  await agent.follow('Requests from agencies')
  await checkPage(agent.page)
  await agent.follow('Halima Osman')
  await checkPage(agent.page)
  await agent.page.locator('#main').getByRole('link', { name: 'Create account' }).click()
  assert.equal(await agent.page.getByLabel('Job title', { exact: true }).inputValue(), 'Night staff')
  await agent.press('Continue')
  await agent.press('Create account')
  const given = await passwordOn(agent)
  await contact.open(`/agency/${organization}/requests`)
  assert.match(await contact.text(), /Aceptada/)
  const person = await openBrowser(t, { ...phone, locale: 'es-MX', origin: lintel.origin })
  await person.open('/sign-in')
  await person.fill('Nombre de usuario', 'hosman')
  await person.fill('Contraseña', given)
  await person.press('Iniciar sesión')
  assert.equal(await person.heading(), 'Términos del acuerdo')
})

test('a leaver is out in under a minute, in Spanish and by keyboard, and is back when it was a mistake', async t => {
  const { enter, organization } = await openAgency(t)
  const leaver = await enter('amina')
  assert.equal(await leaver.heading(), 'Welcome, Amina')
  const before = Date.now()
  const contact = await enter('clara', { language: 'es' })
  await contact.open('/agency')
  await keyed(contact, 'link', 'Avisar una salida Amina Warsame')
  await checkPage(contact.page)
  await keyed(contact, 'button', 'Avisar una salida')
  assert.equal(await contact.heading(), 'Escriba su contraseña: avisar una salida')
  await checkPage(contact.page)
  await contact.fill('Contraseña', password)
  await contact.page.keyboard.press('Enter')
  await contact.page.getByText('Su acceso por medio de su organización terminó').waitFor()
  await checkPage(contact.page)
  await leaver.open('/')
  assert.equal(await leaver.heading(), 'Sign in')
  assert.ok(Date.now() - before < 60_000)
  await contact.open(`/agency/${organization}`)
  await keyed(contact, 'link', 'Retirar el aviso Amina Warsame')
  await checkPage(contact.page)
  await keyed(contact, 'button', 'Retirar el aviso')
  assert.match(await contact.text(), /Se retiró el aviso/)
  await signIn(leaver, 'amina', password)
  assert.equal(await leaver.heading(), 'Welcome, Amina')
})

test('a quarter’s review by two contacts, of whom one breaks off and one has no mouse', async t => {
  const { lintel, enter } = await openAgency(t)
  const agent = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await firstSignIn(agent, lintel)
  await agent.open('/helpdesk/reviews')
  await agent.follow('Start a review')
  await passGate(agent)
  await agent.fill('Name', 'Spring')
  await agent.fill('Confirm by', new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10))
  await agent.tick('All organizations')
  await checkPage(agent.page)
  await agent.press('Start a review')
  assert.match(await agent.text(), /The review was started/)
  await checkPage(agent.page)
  const first = await enter('clara')
  await openReview(first)
  await checkPage(first.page)
  await first.page.getByRole('group', { name: /Amina/ }).getByLabel('Still works here').check()
  await first.press('Confirm')
  assert.equal(await first.heading(), 'Enter your password to confirm who still works here')
  await passGate(first)
  assert.match(await first.text(), /1 of 5 confirmed/)
  const second = await enter('colin', { size: desktop })
  for (const link of ['Agency desk', 'Reviews', 'Spring']) await keyed(second, 'link', link)
  assert.match(await second.text(), /Answered by Clara/)
  const bert = second.page.getByRole('group', { name: /Bert/ })
  await reach(bert)
  await second.page.keyboard.press('ArrowUp')
  assert.ok(await bert.getByLabel('Not sure').isChecked())
  await keyed(second, 'button', 'Everyone else on this page still works here')
  await reach(second.page.getByLabel('Password', { exact: true }))
  await second.page.keyboard.type(password)
  await keyed(second, 'button', 'Submit')
  assert.match(await second.text(), /4 of 5 confirmed/)
  await agent.page.reload()
  await agent.follow(shelter)
  assert.match(await agent.text(), /Not sure/)
  await agent.follow('Back to Spring')
  await agent.press('Close the review')
  assert.match(await agent.text(), /SHA-256 of the result/)
  await second.page.reload()
  assert.equal(await second.heading(), 'Page not found')
})

async function openReview(contact: Visitor): Promise<void> {
  await contact.follow('Agency desk')
  await contact.page.locator('.side-menu summary').click()
  await contact.follow('Reviews')
  await contact.follow('Spring')
}
