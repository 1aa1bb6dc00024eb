import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOrganization, createWorkgroup } from '../../src/workspace/store.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { addSettledPerson, openBeside } from '../support/database/beside.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { startLintel } from '../support/process/process.ts'
import { password, signIn } from './guide.ts'

test('who works in two places chooses with Use These Settings, changes with Apply, and finds the last choice again', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const beside = await openBeside(t, lintel)
  const { store, now } = beside.services
  const places = await store.write(async tx => ({
    organizationIds: [
      await createOrganization(tx, { name: 'Harbor Light', allows: 'Record shelter stays.' }, now()),
      await createOrganization(tx, { name: 'River House', allows: 'Record outreach contacts.' }, now()),
    ],
    workgroupIds: [
      await createWorkgroup(tx, { name: 'Emergency Shelter Staff', allows: 'Check people in.' }, now()),
    ],
  }))
  await addSettledPerson(beside, { username: 'mlee', ...places }, password)

  const person = await openBrowser(t, { width: 360, height: 740, origin: lintel.origin })
  await signIn(person, 'mlee', password)
  assert.equal(await person.heading(), 'Choose your settings')
  await checkPage(person.page)
  await person.press('Use These Settings')
  assert.match(await person.text(), /Choose one of your organizations/)
  await checkPage(person.page)
  await person.choose('Organization', 'River House')
  await person.press('Use These Settings')
  assert.match(await person.heading(), /^Welcome/)
  assert.match(await person.text(), /River House/)

  await person.page.getByLabel('ML, User settings, Maria Lee').click()
  await checkPage(person.page)
  await person.choose('Organization', 'Harbor Light')
  await person.press('Apply')
  assert.match(await person.text(), /You are now working with the settings you chose.*Harbor Light/s)

  await person.page.getByLabel('ML, User settings, Maria Lee').click()
  await person.press('Sign Out')
  await signIn(person, 'mlee', password)
  assert.equal(await person.heading(), 'Choose your settings')
  const selected = person.page.getByLabel('Organization', { exact: true }).locator('option:checked')
  assert.equal(await selected.textContent(), 'Harbor Light')
})

test('who has no organization and no workgroup reaches Home, which says what is missing and whom to call', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const beside = await openBeside(t, lintel)
  await addSettledPerson(beside, { username: 'mlee' }, password)
  const person = await openBrowser(t, { width: 1280, height: 900, origin: lintel.origin })
  await signIn(person, 'mlee', password)
  assert.match(await person.heading(), /^Welcome/)
  assert.match(await person.text(), /You have not been added to an organization yet.*Contact HMIS Helpdesk/)
  await checkPage(person.page)
})
