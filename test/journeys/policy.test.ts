import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { png } from '../support/browser/picture.ts'
import { openClient } from '../support/http/client.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, password } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }

async function openPolicy(t: Scope, lintel: Lintel, options: object = {}): Promise<Visitor> {
  const chief = await openBrowser(t, { ...desktop, ...options, origin: lintel.origin })
  await firstSignIn(chief, lintel)
  await chief.open('/helpdesk')
  await chief.open('/helpdesk/policy')
  return chief
}

async function setText(chief: Visitor, setting: string, value: string): Promise<void> {
  await chief.open('/helpdesk/policy')
  await chief.follow(setting)
  await chief.fill('New value', value)
  await chief.press('Save')
}

describe("the administrator's policy", () => {
  test('a dangerous value is changed after the gate, a reason and a page that says what will happen', async t => {
    const lintel = await startLintel(t, { engine: 'postgres' })
    const chief = await openPolicy(t, lintel)
    await checkPage(chief.page)
    await chief.follow('Security question')
    assert.equal(await chief.heading(), 'Enter your password')
    await chief.fill('Password', password)
    await chief.press('Submit')
    await checkPage(chief.page)
    await chief.tick('Off')
    await chief.press('Continue')
    assert.match(await chief.text(), /Enter a reason\./)
    await checkPage(chief.page)
    await chief.tick('Off')
    await chief.fill('Reason', 'Decided with the auditors.')
    await chief.press('Continue')
    assert.equal(await chief.heading(), 'Check the change: Security question')
    assert.match(await chief.text(), /1 active person has set a question\. It is kept/)
    await checkPage(chief.page)
    await chief.press('Confirm change')
    assert.match(await chief.text(), /Security question was changed to: Off\./)
    assert.match(await chief.text(), /Reason: Decided with the auditors\./)
    await checkPage(chief.page)
    await chief.open('/security')
    assert.doesNotMatch(await chief.text(), /Update your account recovery information/)
  })
})

test('name, banner, color and logo of the agency are on the next page that anybody opens', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const chief = await openPolicy(t, lintel)
  await setText(chief, 'Site name', 'Ramsey County HMIS')
  await setText(chief, 'Banner', 'Training site')
  await setText(chief, 'Accent color', '#767676')
  assert.match(await chief.text(), /Their contrast is 3\.9 to 1, and they need at least 4\.5 to 1/)
  assert.equal(await chief.page.getByLabel('New value', { exact: true }).inputValue(), '#767676')
  await checkPage(chief.page)
  await setText(chief, 'Accent color', '#7A1F3D')
  assert.match(await chief.text(), /Accent color was changed to: #7a1f3d\./)
  await chief.follow('Logo')
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    chief.page.getByLabel('Picture', { exact: true }).setInputFiles({ name, mimeType, buffer })
  await choose('logo.png', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
  await chief.press('Save')
  assert.match(await chief.text(), /This file is not a PNG picture/)
  await choose('logo.png', 'image/png', Buffer.alloc(40_000))
  await chief.press('Save')
  assert.match(await chief.text(), /The picture is larger than 32 KiB/)
  await checkPage(chief.page)
  await choose('logo.png', 'image/png', png(240, 60))
  await chief.press('Save')
  assert.match(await chief.text(), /Logo was changed to: A picture\./)
  for (const [colorScheme, size, door] of [
    ['light', desktop, 'rgb(122, 31, 61)'],
    ['dark', phone, undefined],
  ] as const) {
    const stranger = await openBrowser(t, { ...size, colorScheme, origin: lintel.origin })
    await stranger.open('/sign-in')
    assert.match(await stranger.text(), /Training site/)
    const logo = stranger.page.getByRole('img', { name: 'Ramsey County HMIS' })
    const brand = stranger.page.getByRole('link', { name: 'Ramsey County HMIS, start page' })
    assert.equal((await logo.count()) + (await brand.count()) >= 1, true)
    assert.deepEqual(
      await stranger.page.locator('img.logo').evaluate((image: HTMLImageElement) => image.naturalWidth),
      240,
    )
    const shown = await stranger.page
      .getByRole('button', { name: 'Sign In' })
      .evaluate(button => getComputedStyle(button).backgroundColor)
    if (door !== undefined) assert.equal(shown, door)
    else assert.notEqual(shown, 'rgb(140, 203, 216)')
    await checkPage(stranger.page)
  }
  const [sheet, logo] = await Promise.all(
    ['link[href*="agency"]', 'img.logo'].map(part =>
      chief.page
        .locator(part)
        .first()
        .evaluate(node => node.getAttribute('href') ?? node.getAttribute('src') ?? ''),
    ),
  )
  const client = openClient(lintel.origin)
  for (const [path = '', type] of [
    [sheet, 'text/css; charset=utf-8'],
    [logo, 'image/png'],
  ] as const) {
    const { status, headers } = await client.get(path)
    assert.deepEqual(
      [status, headers['content-type'], headers['x-content-type-options']],
      [200, type, 'nosniff'],
    )
    assert.match(headers['cache-control'] ?? '', /immutable/)
    assert.match(String(headers['content-security-policy']), /default-src 'none'/)
    assert.equal((await client.get(path.replace(/[0-9a-f](?=\.)/, 'z'))).status, 404)
  }
  assert.equal((await client.get('/assets/agency-7a1f3d.0000000000.css')).status, 404)
  await chief.follow('Logo')
  await chief.press('Remove the logo')
  assert.match(await chief.text(), /Logo was changed to: None\./)
})

test('a value is changed with JavaScript off on a phone, and a second tab is told what changed', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const chief = await openPolicy(t, lintel, { ...phone, javaScript: false })
  await checkPage(chief.page)
  const second = await chief.context.newPage()
  await second.goto(`${lintel.origin}/helpdesk/policy/sessionHours`)
  await chief.follow('Sign out after inactivity')
  await checkPage(chief.page)
  await chief.fill('New value', '90')
  await chief.press('Save')
  assert.match(await chief.text(), /Enter an allowed value: 6 to 60 minutes/)
  await chief.fill('New value', '15')
  await chief.press('Save')
  assert.match(await chief.text(), /was changed to: 15 minutes/)
  await second.getByLabel('New value', { exact: true }).fill('8')
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  await second.waitForLoadState()
  const told = await second.locator('main').innerText()
  assert.match(told, /Someone else changed the policy/)
  assert.match(told, /Sign out after inactivity, from 30 minutes to 15 minutes/)
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  await second.getByText('Maximum session length was changed to: 8 hours.').waitFor()
  await chief.open('/helpdesk/policy/idleMinutes')
  await chief.press('Back to default')
  assert.equal(
    await chief.heading(),
    'Enter your password to finish what you started',
    'the default is weaker than 15 minutes',
  )
  await chief.fill('Password', password)
  await chief.press('Submit')
  await checkPage(chief.page)
  await chief.fill('Reason (needed if the new value is less secure)', 'People were signed out at work.')
  await chief.press('Save')
  assert.match(await chief.text(), /The new value is less secure than the one you have now\./)
  await checkPage(chief.page)
  await chief.press('Confirm change')
  assert.match(await chief.text(), /was changed to: 30 minutes/)
})

test('the time zone is chosen from a list, and every time shown follows it', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const chief = await openPolicy(t, lintel)
  await chief.follow('Time zone')
  await checkPage(chief.page)
  await chief.choose('New value', 'America/New_York')
  await chief.press('Save')
  assert.match(await chief.text(), /Times are Eastern Time\./)
})
