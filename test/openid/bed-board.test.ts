/** The example beside the real process: what it shows to whom, what it refuses, and its pages. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { boardFor } from '../../examples/bed-board/board.ts'
import { openData } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { openClient } from '../support/http/client.ts'
import { checkExample } from '../support/pages/page-check.ts'
import { openBedBoard } from '../support/people/bed-board.ts'
import { startLintel } from '../support/process/process.ts'

const at = (key: string | null, may_edit = true) => ({ key, name: 'Some organization', may_edit })
const team = { key: 'RESERVATIONS', name: 'Shelter Reservation Team' }
const staff = { key: 'STAFF', name: 'Emergency Shelter Staff' }

describe('the bed board', () => {
  for (const [who, person, seen] of [
    ['shelter staff see their own', { organization: at('LAKESIDE'), workgroup: staff }, ['own LAKESIDE']],
    [
      'who may only look sees it and cannot change it',
      { organization: at('LAKESIDE', false) },
      ['read LAKESIDE'],
    ],
    [
      'the reservation team sees the others, and none that is hidden',
      { organization: at('LAKESIDE'), workgroup: team },
      ['own LAKESIDE', 'read IRON-RANGE', 'read RED-RIVER', 'read LORING-PARK'],
    ],
    [
      'the staff of a hidden shelter see it',
      { organization: at('JUNIPER'), workgroup: staff },
      ['own JUNIPER'],
    ],
    ['an organization without a key has none', { organization: at(null), workgroup: staff }, []],
    ['nobody anywhere sees none', {}, []],
  ] as const)
    test(`${who}`, () =>
      assert.deepEqual(
        boardFor({ name: 'Ines', ...person }).map(({ key, mayEdit }) => `${mayEdit ? 'own' : 'read'} ${key}`),
        seen,
      ))
})

const looks = (['light', 'dark'] as const).flatMap(colorScheme =>
  [
    { width: 1280, height: 900 },
    { width: 360, height: 740 },
  ].map(size => ({ colorScheme, size })),
)

/** WCAG 2.2 AA and valid HTML, light and dark, at a desk and on a phone. */
async function checkLooks(page: Page): Promise<void> {
  for (const { colorScheme, size } of looks) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(size)
    await checkExample(page)
  }
}

test('the bed board is good to see at a desk and on a phone, light and dark, and takes nothing from strangers', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const data = await openData(t, lintel)
  const board = await openBedBoard(t, lintel, data)
  const organizations = ['Lakeside Night Shelter']
  await data.addPeople({ username: 'ines', organizations, workgroups: [team.name] })
  const person = await openBrowser(t, { width: 1280, height: 900, origin: lintel.origin })
  await person.open(board)
  await person.fill('Username', 'ines')
  await person.fill('Password', password)
  await person.press('Sign In')
  await person.page.waitForURL(`${board}/`)
  await checkLooks(person.page)
  await person.press('Sign out')
  await person.press('Sign Out')
  await person.page.waitForURL(`${board}/bye`)
  await checkLooks(person.page)

  const stranger = openClient(board)
  assert.equal((await stranger.post('/beds', { by: '1' }, { origin: 'https://evil.example' })).status, 403)
  const toLintel = await stranger.post('/beds', { by: '1' })
  assert.ok(toLintel.location?.startsWith(`${lintel.origin}/oidc/authorize?`), toLintel.location)
  const forged = `${Buffer.from('{"alg":"none","typ":"logout+jwt"}').toString('base64url')}.e30.`
  assert.equal((await stranger.post('/signed-out', { logout_token: forged })).status, 400)
  assert.equal((await stranger.get('/callback?code=x&state=y')).status, 400)
})
