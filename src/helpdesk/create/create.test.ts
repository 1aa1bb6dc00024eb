import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { openDesk } from '../../../test/support/people/desk.ts'

const noor = {
  firstName: 'Noor',
  lastName: 'Haddad',
  email: 'noor@example.org',
  username: '',
  organization: '',
  workgroup: '',
}

eachEngine('a form that is sent ten times at once makes one account and shows one password', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const send = () => helpdesk.post('/helpdesk/people/new/create', { ...noor, username: 'nhaddad' })
  const answers = await Promise.all(Array.from({ length: 10 }, send))
  const pages = await Promise.all(answers.map(answer => answer.text()))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.equal(pages.filter(page => page.includes('Temporary password:')).length, 1)
  assert.equal(pages.filter(page => page.includes('This account has already been created')).length, 9)
  const made = await desk.store.read
    .selectFrom('account')
    .select('id')
    .where('last_name', '=', 'Haddad')
    .execute()
  assert.equal(made.length, 1)
})

eachEngine('an empty username is proposed, past those that are taken or look like it', async open => {
  const desk = await openDesk(await open())
  await desk.add({ username: 'nhaddad' })
  await desk.add({ username: 'n.haddad2' })
  const page = await (await desk.callers.helpdesk.post('/helpdesk/people/new', noor)).text()
  assert.match(page, /name="username" value="nhaddad3"/)
})

eachEngine(
  'a username that is taken, confusable or cannot be proposed is refused, and nothing typed is lost',
  async open => {
    const desk = await openDesk(await open())
    await desk.add({ username: 'olson' })
    const refused: readonly (readonly [entry: object, words: RegExp])[] = [
      [{ username: 'Olson' }, /Another account has this username/],
      [{ username: '0lson' }, /looks too much like an existing one/],
      [{ username: 'two words' }, /A username has up to 64 characters/],
      [{ firstName: 'يسرى', lastName: 'عبد' }, /We could not suggest a username/],
      [{ firstName: '', lastName: '' }, /Enter a first name, a last name, or both/],
      [{ email: 'nowhere' }, /Enter an email address like/],
    ]
    for (const [entry, words] of refused) {
      for (const path of ['/helpdesk/people/new', '/helpdesk/people/new/create']) {
        const answer = await desk.callers.helpdesk.post(path, { ...noor, ...entry })
        const page = await answer.text()
        assert.equal(answer.status, 422)
        assert.match(page, words)
        assert.match(page, /value="noor@example\.org"|value="nowhere"/)
      }
    }
    const bare = await (await desk.callers.helpdesk.post('/helpdesk/people/new')).text()
    assert.doesNotMatch(bare, /A username has up to 64 characters/)
  },
)

eachEngine(
  'somebody with the same address or the same name is pointed out before anything is made',
  async open => {
    const desk = await openDesk(await open())
    const namesake = await desk.add({
      firstName: 'NOÓR',
      lastName: 'Haddad',
      username: 'other',
      email: 'x@y.example',
    })
    const neighbour = await desk.add({ firstName: 'Ed', username: 'ed', email: 'Noor@Example.org' })
    const stranger = await desk.add({
      firstName: 'Noor',
      lastName: 'Haddadin',
      username: 'third',
      email: 'z@y.example',
    })
    const page = await (await desk.callers.helpdesk.post('/helpdesk/people/new', noor)).text()
    assert.ok(page.includes(namesake) && page.includes(neighbour))
    assert.ok(!page.includes(stranger))
  },
)

eachEngine(
  'a link is mailed in place of the sheet: nobody sees a password, and the link opens the account',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    const sent = { ...noor, username: 'nhaddad', how: 'mail' }
    const answer = await helpdesk.post('/helpdesk/people/new/create', sent)
    assert.equal(answer.status, 303)
    const page = await (await helpdesk.get(answer.headers.get('location') ?? '')).text()
    assert.match(page, /We are emailing them a link/)
    assert.doesNotMatch(page, /Temporary password: [a-z2-9]{4}-/)
    await helpdesk.post('/helpdesk/people/new/create', sent)
    const mails = await desk.store.read.selectFrom('mail').select(['kind', 'recipient']).execute()
    assert.deepEqual(
      mails.map(({ kind, recipient }) => [kind, recipient]),
      [['welcome', 'noor@example.org']],
    )
    const links = await desk.store.read.selectFrom('one_time_link').select(['kind', 'epoch']).execute()
    assert.deepEqual(
      links.map(({ kind, epoch }) => [kind, epoch]),
      [['welcome', 1]],
    )
  },
)
