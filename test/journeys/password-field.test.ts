import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openBrowser } from '../support/browser/browser.ts'
import { startLintel } from '../support/process/process.ts'

test('a password is hidden, shown by its button, and hidden again when it is sent', async () => {
  const { origin } = await startLintel({ after }, { engine: 'sqlite' })
  const person = await openBrowser({ after }, { width: 900, height: 700, origin })
  await person.open('/sign-in')
  await person.fill('Password', 'Heron lamp 42')
  const field = person.page.getByLabel('Password', { exact: true })
  const typeOf = () => field.getAttribute('type')
  assert.equal(await typeOf(), 'password')
  await person.click('Show password')
  assert.equal(await typeOf(), 'text')
  await person.click('Hide password')
  assert.equal(await typeOf(), 'password')
  await person.click('Show password')
  await field.evaluate((element: HTMLInputElement) =>
    element.form?.addEventListener('submit', event => event.preventDefault()),
  )
  await field.press('Enter')
  assert.equal(await typeOf(), 'password')
  assert.equal(await field.inputValue(), 'Heron lamp 42')
})
