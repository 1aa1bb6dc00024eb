import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { readPolicy } from '../../policy/policy.ts'
import { openHasher } from '../../services.ts'

const said = { reason: 'Training day in Duluth.' }
const password = /Temporary password: ([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})/g

const list = async (who: Caller, query = '') => (await who.get(`/helpdesk/sheets${query}`)).text()
const boxes = (page: string) =>
  [...page.matchAll(/name="person" value="([^"]+)"/g)].map(([, value]) => value ?? '')

async function give(who: Caller, people: readonly string[], how: 'print' | 'mail'): Promise<string> {
  const fields = [...Object.entries({ ...said, how }), ...people.map(value => ['person', value])]
  return (await who.postAll('/helpdesk/sheets', fields as [string, string][])).text()
}

const credentialOf = (desk: Desk, id: string) =>
  desk.store.read.selectFrom('credential').selectAll().where('account_id', '=', id).executeTakeFirst()

eachEngine(
  'each sheet holds a password of its own that opens its account; none is kept in clear',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    const chosen = boxes(await list(helpdesk))
    assert.deepEqual(
      new Set(chosen.map(value => value.split(':')[0])),
      new Set([desk.inside, desk.outside, desk.callers.user.id]),
    )
    const page = await give(helpdesk, chosen, 'print')
    const passwords = [...page.matchAll(password)].map(([, text]) => text ?? '')
    assert.equal(new Set(passwords).size, 3)
    const hasher = openHasher(desk.services.keyring)
    for (const name of ['ines', 'otto']) {
      const sheet = page
        .split('<section class="print-sheet">')
        .find(one => one.includes(`Username: ${name}<`))
      const text = sheet?.match(/Temporary password: ([^<]+)</)?.[1] ?? ''
      const stored = await credentialOf(desk, name === 'ines' ? desk.inside : desk.outside)
      assert.ok(stored !== undefined && stored.is_temporary === 1)
      const verified = await hasher.verify(text, { encoded: stored.encoded, pepperId: stored.pepper_id })
      assert.ok(!verified.busy && verified.value, name)
    }
    const records = (await desk.events()).filter(({ event }) => event === 'authn_password_change')
    assert.equal(records.length, 3)
    assert.ok(
      records.every(({ args }) => !args.includes('identified')),
      'nobody called',
    )
    assert.ok(passwords.every(text => !JSON.stringify(records).includes(text)))
  },
)

eachEngine('a form that is sent twice gives nothing the second time', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const chosen = boxes(await list(helpdesk))
  await give(helpdesk, chosen, 'print')
  const first = await credentialOf(desk, desk.inside)
  const again = await give(helpdesk, chosen, 'print')
  assert.match(again, /Nothing was done for 3 people/)
  assert.doesNotMatch(again, password)
  assert.deepEqual(await credentialOf(desk, desk.inside), first)
})

eachEngine('a limited agent sees and serves only people of their own organizations', async open => {
  const desk = await openDesk(await open())
  const { scoped, helpdesk } = desk.callers
  assert.deepEqual(boxes(await list(scoped)), [`${desk.inside}:1`])
  const page = await give(scoped, [`${desk.inside}:1`, `${desk.outside}:1`], 'print')
  assert.equal([...page.matchAll(password)].length, 1)
  assert.equal(await credentialOf(desk, desk.outside), undefined)
  const chief = desk.callers.administrator.id
  assert.match(await give(helpdesk, [`${chief}:1`], 'print'), /Nothing was done for 1 person/)
  assert.equal(await credentialOf(desk, chief), undefined)
  assert.deepEqual(boxes(await list(helpdesk, `?organization=${desk.otherOrganization}`)), [
    `${desk.outside}:1`,
  ])
})

eachEngine('a mailed link needs a password that nobody saw, and says so nowhere', async open => {
  const desk = await openDesk(await open())
  const page = await give(desk.callers.helpdesk, [`${desk.inside}:1`], 'mail')
  assert.match(page, /We are emailing a link to 1 person/)
  assert.doesNotMatch(page, password)
  const { read } = desk.store
  const mail = await read.selectFrom('mail').select(['kind', 'account_id', 'subject']).execute()
  assert.deepEqual(
    mail.map(({ kind, account_id, subject }) => [kind, account_id, subject]),
    [['welcome', desk.inside, 'Your account is ready']],
  )
  const link = await read.selectFrom('one_time_link').selectAll().executeTakeFirstOrThrow()
  const { epoch } = await read
    .selectFrom('account')
    .select('epoch')
    .where('id', '=', desk.inside)
    .executeTakeFirstOrThrow()
  assert.deepEqual([link.kind, link.epoch], ['welcome', epoch])
  const policy = await readPolicy(desk.store)
  assert.equal(link.expires_at, desk.clock.now() + policy.temporaryPasswordHours * 3_600_000)
  assert.equal((await credentialOf(desk, desk.inside))?.is_temporary, 1)
  const events = (await desk.events()).map(({ event }) => event)
  assert.ok(events.includes('authn_token_created') && events.includes('authn_password_change'))
})

eachEngine('who signs in is on no list any more, and pages follow each other without a gap', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const ids: string[] = []
  for (let n = 0; n < 60; n++)
    ids.push(
      await desk.add({ username: `new${n}x`, lastName: `Berg ${String(n % 7)}`, email: `n${n}@x.example` }),
    )
  await desk.store.writeOne(db =>
    db
      .updateTable('account')
      .set({ last_sign_in_at: 1 })
      .where('id', '=', ids[0] ?? '')
      .execute(),
  )
  const first = await list(helpdesk)
  const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const second = await list(helpdesk, next.slice('/helpdesk/sheets'.length))
  const seen = [...boxes(first), ...boxes(second)].map(value => value.split(':')[0])
  assert.equal(boxes(first).length, 50)
  assert.equal(new Set(seen).size, seen.length)
  assert.ok(ids.slice(1).every(id => seen.includes(id)))
  assert.ok(!seen.includes(ids[0]))
  assert.equal((await list(helpdesk, '?all=yes')).match(/ checked/g)?.length, 50)
})

eachEngine(
  'nothing is given without the password again, people, a reason and how they are known',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    const one = { ...said, person: `${desk.inside}:1`, how: 'print' }
    const stale = await desk.signIn(helpdesk.id, false)
    assert.equal((await stale.post('/helpdesk/sheets', one)).status, 403)
    const wrong: readonly (readonly [change: object, words: RegExp])[] = [
      [{ person: 'nobody' }, /Choose at least one person/],
      [{ reason: ' ' }, /Enter a reason/],
    ]
    for (const [change, words] of wrong) {
      const answer = await helpdesk.post('/helpdesk/sheets', { ...one, ...change })
      assert.equal(answer.status, 422)
      assert.match(await answer.text(), words)
    }
    const many = Array.from({ length: 51 }, (_, n) => `${desk.inside.slice(0, -2)}${n + 10}:1`)
    assert.match(await give(helpdesk, many, 'print'), /Choose at most 50 people/)
    assert.equal(await credentialOf(desk, desk.inside), undefined)
  },
)

eachEngine('who cannot sign in with a sheet is named, with what to do', async open => {
  const desk = await openDesk(await open())
  await desk.store.writeOne(db =>
    db.updateTable('account').set({ dormant_since: 1 }).where('id', '=', desk.inside).execute(),
  )
  const chosen = [`${desk.inside}:1`, `${desk.outside}:1`]
  const page = await give(desk.callers.helpdesk, chosen, 'print')
  assert.match(page, /These people cannot sign in yet[\s\S]*Ines Lee: The account is inactive/)
  assert.doesNotMatch(page, /Otto Lee: The account/)
})
