import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openData } from '../attacks/support.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { startLintel } from '../support/process/process.ts'
import { firstSignInByClient, password, signIn } from './guide.ts'

const day = 24 * 3_600_000

test('a volunteer without a phone is told of the day, prints a card on it, and signs in with its codes', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  await firstSignInByClient(lintel)
  const { services, addPeople } = await openData(t, lintel)
  await addPeople({ username: 'vera', firstName: 'Vera' })
  const overrides = JSON.stringify({ codeCards: 'everyone' })
  await services.store.write(async ({ db }) => {
    await db.updateTable('policy').set({ overrides }).execute()
    const duty = { kind: 'role', target: 'user', from_at: Date.now() + 3 * day } as const
    await db.insertInto('two_step_duty').values(duty).execute()
  })
  const person = await openBrowser(t, { width: 360, height: 740, origin: lintel.origin })
  const signOut = async () => {
    await person.page.getByLabel(/User settings, Vera/).click()
    await person.press('Sign Out')
  }
  await signIn(person, 'vera', password)
  assert.match(await person.text(), /requires 2-step verification starting/)
  await checkPage(person.page)
  await signOut()

  await lintel.advance(4 * day)
  await signIn(person, 'vera', password)
  assert.equal(await person.heading(), 'Set up 2-Step Verification')
  await checkPage(person.page)
  await person.follow('Print a code card')
  const codes = await person.page.locator('#card-codes code').allInnerTexts()
  assert.equal(codes.length, 40)
  await checkPage(person.page)
  await person.fill('Enter code 1 of card A', codes[3] ?? '')
  await person.press('Use This Card')
  assert.match(await person.text(), /That is not code 1 of this card/)
  await checkPage(person.page)
  await person.fill('Enter code 1 of card A', codes[0] ?? '')
  await person.press('Use This Card')
  assert.equal(await person.heading(), 'Backup codes')
  await person.press('I have saved these')
  assert.match(await person.heading(), /^Welcome/)

  await signOut()
  await signIn(person, 'vera', password)
  assert.equal(await person.heading(), 'Use your code card')
  await checkPage(person.page)
  await person.fill('Enter code 2 of card A', codes[1] ?? '')
  await person.press('Submit')
  assert.match(await person.heading(), /^Welcome/)
})
