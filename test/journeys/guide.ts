import assert from 'node:assert/strict'
import type { Visitor } from '../support/browser/browser.ts'
import { type Client, openClient } from '../support/http/client.ts'
import type { Lintel } from '../support/process/process.ts'

export const password = 'Heron lamp 42 quietly'
export const question = 'Which meal do I never eat again?'
export const answer = 'Cold oatmeal in Duluth'

/** Sign in as the guide says; ends wherever the next step is. */
export async function signIn(person: Visitor, username: string, secret: string): Promise<void> {
  await person.open('/sign-in')
  await person.fill('Username', username)
  await person.fill('Password', secret)
  await person.press('Sign In')
}

/** Gives the password again when the gate asks for it. */
export async function passGate(person: Visitor): Promise<void> {
  if (!/^(Security Settings|Enter your password)/.test(await person.heading())) return
  await person.fill('Password', password)
  await person.press('Submit')
}

/** From the temporary password to Home, as the guide tells it; `look` is called on every page. */
export async function firstSignIn(
  person: Visitor,
  lintel: Lintel,
  look: () => Promise<void> = async () => {},
): Promise<void> {
  await person.open('/')
  await look()
  await signIn(person, 'admin', lintel.adminPassword)
  assert.equal(await person.heading(), 'Terms of Agreement')
  await look()
  await person.press('Accept')
  assert.equal(await person.heading(), 'Create a new password')
  await look()
  await person.fill('New password', password)
  await person.fill('Confirm new password', password)
  assert.equal(
    await person.page.getByLabel('Update my Recovery Information', { exact: true }).isChecked(),
    true,
  )
  await person.press('Save')
  assert.equal(await person.heading(), 'Account recovery')
  await look()
  await person.page.getByRole('link', { name: /^Set/ }).click()
  assert.equal(await person.heading(), 'Set your security question')
  await look()
  await person.fill('Question', question)
  await person.fill('Answer', answer)
  await person.press('Save')
  assert.equal(new URL(person.page.url()).pathname, '/')
  assert.match(await person.heading(), /^Welcome/)
  await look()
}

/** The same over plain HTTP, for tests that need many people or no browser. */
export async function firstSignInByClient(
  lintel: Pick<Lintel, 'origin' | 'adminPassword'>,
  secret: string = password,
): Promise<Client> {
  const client = openClient(lintel.origin)
  await client.get('/sign-in')
  await client.follow(await client.submit({ username: 'admin', password: lintel.adminPassword }))
  await client.follow(await client.submit({}, 'Accept'))
  await client.follow(await client.submit({ password: secret, confirm: secret }, 'Save'))
  await client.get('/recovery/question')
  await client.follow(await client.submit({ question, answer }, 'Save'))
  return client
}
