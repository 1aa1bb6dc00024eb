import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { listApplications, secretsOf } from '../../applications/store.ts'
import { newId } from '../../store/ids.ts'

const base = '/helpdesk/applications'
const typed = {
  preset: 'moodle',
  name: 'Training',
  redirectUris: 'https://moodle.example.org/admin/oauth2callback.php\r\nhttps://test.example.org/callback',
  who: 'everyone',
}

/** Registers it in the console. @returns its address and what was shown once. */
async function register({ callers: { administrator } }: Desk, fields: Readonly<Record<string, string>> = {}) {
  const answer = await administrator.post(`${base}/new`, { ...typed, ...fields })
  const page = await answer.text()
  assert.equal(answer.status, 200, page)
  const shown = (id: string) => new RegExp(`<code id="${id}">([^<]+)`).exec(page)?.[1] ?? ''
  return { address: `${base}/${shown('client-id')}`, id: shown('client-id'), secret: shown('client-secret') }
}

const argsOf = async (desk: Desk, id: string) =>
  (await desk.events()).filter(({ subject }) => subject === id).map(({ args }) => JSON.parse(args))

eachEngine('an administrator registers an application and sees its secret once', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const { address, id, secret } = await register(desk)
  assert.ok(secret.length > 40)
  const [application] = await listApplications(desk.store)
  assert.deepEqual(application?.redirectUris, typed.redirectUris.split('\r\n'))
  assert.match(application?.pkceException ?? '', /PKCE/, 'what its preset needs')
  const page = await (await administrator.get(address)).text()
  assert.match(page, /Training/)
  assert.ok(!page.includes(secret))
  const log = await argsOf(desk, id)
  assert.equal(log.length, 1)
  assert.ok(!JSON.stringify(log).includes(secret))
})

eachEngine('what is wrong with an application is said at its field, all at once', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const wrong = { ...typed, name: '', redirectUris: 'http://moodle.example.org', who: 'some' }
  const answer = await administrator.post(`${base}/new`, wrong)
  const page = await answer.text()
  assert.equal(answer.status, 422)
  for (const field of ['name', 'redirectUris', 'who']) assert.match(page, new RegExp(`href="#${field}"`))
  const ticked = await administrator.post(`${base}/new`, { ...typed, role: 'helpdesk' })
  assert.equal(ticked.status, 422, 'everyone, and a box')
  await register(desk)
  assert.match(
    await (await administrator.post(`${base}/new`, typed)).text(),
    /Another application has this name/,
  )
  assert.equal((await listApplications(desk.store)).length, 1)
})

eachEngine('who may use it is limited to roles, workgroups and organizations that there are', async open => {
  const desk = await openDesk(await open())
  const strange = newId(1)
  await register(desk, {
    who: 'some',
    role: 'helpdesk',
    organization: desk.ownOrganization,
    workgroup: strange,
  })
  const [application] = await listApplications(desk.store)
  assert.deepEqual(application?.allowed, {
    roles: ['helpdesk'],
    workgroups: [],
    organizations: [desk.ownOrganization],
  })
})

eachEngine(
  'a change has a reason, is recorded, and is refused to whoever saw an older version',
  async open => {
    const desk = await openDesk(await open())
    const { administrator } = desk.callers
    const { address, id } = await register(desk)
    const edit = { ...typed, name: 'Moodle', version: '1', reason: 'They renamed it.' }
    assert.equal((await administrator.post(`${address}/edit`, { ...edit, reason: '' })).status, 422)
    assert.equal((await administrator.post(`${address}/edit`, { ...edit, version: '' })).status, 422)
    assert.equal((await administrator.post(`${address}/edit`, edit)).status, 303)
    const late = await administrator.post(`${address}/edit`, { ...edit, name: 'Late' })
    assert.equal(late.status, 422)
    assert.match(await late.text(), /value="Late"/)
    const [application] = await listApplications(desk.store)
    assert.deepEqual([application?.name, application?.pkceException], ['Moodle', undefined])
    assert.deepEqual(
      (await argsOf(desk, id)).flatMap(({ reason }) => reason ?? []),
      ['They renamed it.'],
    )
  },
)

eachEngine('a second secret is shown once, and the older one is removed', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const { address, id } = await register(desk)
  const reason = 'It is a year old.'
  const added = await administrator.post(`${address}/add-secret`, { reason })
  assert.match(await added.text(), /<code id="client-secret">[^<]{40,}/)
  assert.equal((await administrator.post(`${address}/add-secret`, { reason })).status, 422)
  const [older, newer] = await secretsOf(desk.store, id)
  const strange = await administrator.post(`${address}/remove-secret`, { reason, secret: newId(1) })
  assert.equal(strange.status, 422)
  const remove = () => administrator.post(`${address}/remove-secret`, { reason, secret: older?.id ?? '' })
  const answers = await Promise.all(Array.from({ length: 5 }, remove))
  assert.equal(answers.filter(({ status }) => status === 303).length, 1)
  assert.deepEqual(
    (await secretsOf(desk.store, id)).map(secret => secret.id),
    [newer?.id],
  )
})

eachEngine('an application is disabled and enabled once each, with a reason', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const { address } = await register(desk)
  const act = (name: string, reason = 'It was attacked.') =>
    administrator.post(`${address}/${name}`, { reason })
  assert.equal((await act('disable', ' ')).status, 422)
  assert.equal((await act('disable')).status, 303)
  assert.equal((await act('disable')).status, 422)
  assert.match(await (await administrator.get(address)).text(), /Disabled since/)
  assert.equal((await act('enable')).status, 303)
})

eachEngine('all its sessions are ended, and notices that failed are shown', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const { address, id } = await register(desk)
  const now = desk.clock.now()
  const visit = { application_id: id, account_id: desk.inside, began_at: now, used_at: now, ended_at: null }
  await desk.store.write(async ({ db }) => {
    await db
      .insertInto('application_visit')
      .values({ ...visit, session_id: 's1' })
      .execute()
    await db
      .insertInto('logout_notice')
      .values({
        id: newId(now),
        application_id: id,
        account_id: desk.inside,
        session_id: 's0',
        tries: 2,
        next_try_at: null,
        last_error: 'no answer',
        created_at: now,
        sent_at: null,
      })
      .execute()
  })
  const page = await (await administrator.get(address)).text()
  assert.match(page, /In 1 session/)
  assert.match(page, /no answer \(2 tries\)[\s\S]*Given up/)
  assert.equal((await administrator.post(`${address}/end`, { reason: 'A lost laptop.' })).status, 303)
  assert.match(await (await administrator.get(address)).text(), /In no session/)
})

eachEngine('nobody changes an application without having given the password just now', async open => {
  const desk = await openDesk(await open())
  const { address } = await register(desk)
  const stale = await desk.signIn(desk.callers.administrator.id, false)
  for (const path of [`${base}/new`, `${address}/edit`, `${address}/end`, `${address}/add-secret`]) {
    assert.match(await (await stale.get(path)).text(), /current-password/, path)
    assert.equal((await stale.post(path, { ...typed, reason: 'Now.' })).status, 403, path)
  }
  assert.equal((await stale.get(address)).status, 200)
})
