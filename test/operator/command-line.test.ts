import assert from 'node:assert/strict'
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { firstSignInByClient } from '../journeys/guide.ts'
import { openBeside } from '../support/database/beside.ts'
import { engines, freshFolder, freshPostgres } from '../support/database/databases.ts'
import { openClient } from '../support/http/client.ts'
import { commandOf, runCommand, runShell } from '../support/process/command.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'

const amina = ['--first-name', 'Amina', '--last-name', 'Warsame', '--email', 'amina@example.org'] as const

/** Where a sign-in leads: its first open step. */
async function reaches(lintel: Lintel, username: string, password: string): Promise<string | undefined> {
  const client = openClient(lintel.origin)
  await client.get('/sign-in')
  const { location } = await client.submit({ username, password })
  return location === '/' ? (await client.get('/')).location : location
}

for (const engine of engines) {
  describe(`the command line beside a running Lintel on ${engine}`, () => {
    test('makes an account whose printed password opens it', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      const made = await lintelDoes('account', 'create', 'amina', ...amina, '--organization', 'Helpdesk')
      assert.equal(made.code, 0, made.err)
      const [, password = ''] = made.out.match(/^Temporary password: (\S+)$/m) ?? []
      assert.equal(await reaches(lintel, 'amina', password), '/terms')
      const again = await lintelDoes('account', 'create', 'Amina', ...amina, '--json')
      assert.equal(again.code, 1)
      assert.match(again.err, /Another account has this username/)
      assert.equal(JSON.parse(again.out).refusals[0].code, 'account.username-taken')
      const shown = await lintelDoes('account', 'show', 'AMINA', '--json')
      const { organizations, password: kind, bar } = JSON.parse(shown.out)
      assert.deepEqual(
        { organizations, kind, bar },
        { organizations: ['Helpdesk'], kind: 'temporary', bar: null },
      )
      const listed = await lintelDoes('account', 'list', '--role', 'user')
      assert.equal(listed.out, 'amina\tAmina Warsame\tuser\tactive\n')
    })

    test('tells who had access to what on a day, and what ended, from the log alone', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      const here = { timeZone: 'America/Chicago', dateStyle: 'short' } as const
      const dayOf = (at: number) => new Intl.DateTimeFormat('en-CA', here).format(at)
      const [yesterday, today] = [dayOf(Date.now() - 86_400_000), dayOf(Date.now())]
      await lintelDoes('account', 'create', 'amina', ...amina, '--organization', 'Helpdesk')
      const held = await lintelDoes('audit', 'access', '--on', today, '--json')
      assert.equal(held.code, 0, held.err)
      const rows = held.out.trim().split('\n')
      const ofAmina = rows.map(line => JSON.parse(line)).filter(({ username }) => username === 'amina')
      assert.deepEqual(
        ofAmina.map(({ kind, name, authorized_by }) => [kind, name, authorized_by]),
        [
          ['account', '', `operator:${userInfo().username}`],
          ['role', 'user', `operator:${userInfo().username}`],
          ['organization', 'Helpdesk', `operator:${userInfo().username}`],
        ],
      )
      await lintelDoes('account', 'deactivate', 'amina', '--reason', 'She left.')
      const ended = await lintelDoes('audit', 'access', '--ended-between', today, '--and', today)
      assert.match(ended.err, /Not recorded: the log contains who has access since/)
      const left = await lintelDoes('audit', 'access', '--on', today)
      assert.match(left.out, /^account_id,username,/)
      assert.doesNotMatch(left.out, /amina/)
      const before = await lintelDoes('audit', 'access', '--on', yesterday)
      assert.equal(before.code, 1)
      assert.match(before.err, /Not recorded/)
      assert.equal((await lintelDoes('audit', 'access', '--on', '2026-02-30')).code, 2)
      assert.equal((await lintelDoes('audit', 'access')).code, 2)
    })

    test('brings the only administrator back in, ends what is older and is audited', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      const person = await firstSignInByClient(lintel)
      assert.equal((await person.get('/')).status, 200)
      const shut = await lintelDoes('account', 'lock-down', 'admin', '--reason', 'stolen telephone')
      assert.match(shut.out, /1 session was ended/)
      assert.equal((await person.get('/')).location, '/sign-in')
      const reset = await lintelDoes(
        'account',
        'reset',
        'admin',
        '--password',
        '--two-step',
        '--question',
        '--json',
      )
      assert.equal(reset.code, 0, reset.err)
      const { temporaryPassword, twoStepRemoved, questionRemoved } = JSON.parse(reset.out)
      assert.deepEqual({ twoStepRemoved, questionRemoved }, { twoStepRemoved: false, questionRemoved: true })
      assert.equal(await reaches(lintel, 'admin', temporaryPassword), '/password/new')
      const log = (await lintelDoes('audit', 'export', '--json')).out.trim().split('\n')
      const done = log
        .map(line => JSON.parse(line))
        .filter(({ actor }) => actor === `operator:${userInfo().username}`)
      assert.deepEqual(
        done.map(({ event }) => event),
        ['authn_login_lock', 'user_updated', 'authn_password_change', 'sensitive_read'],
      )
      assert.equal(done[0].args.reason, 'stolen telephone')
      assert.ok(!log.join().includes(temporaryPassword))
    })

    test('never takes the last active administrator, and opens closed accounts again', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      const last = await lintelDoes('account', 'deactivate', 'admin')
      assert.deepEqual([last.code, last.out], [1, ''])
      assert.match(last.err, /last active administrator/)
      await lintelDoes('account', 'create', 'amina', ...amina)
      assert.equal((await lintelDoes('account', 'deactivate', 'amina')).code, 0)
      assert.match((await lintelDoes('account', 'reset', 'amina')).out, /The account is deactivated/)
      assert.equal((await lintelDoes('account', 'deactivate', 'amina')).code, 1)
      assert.equal((await lintelDoes('account', 'reactivate', 'amina')).code, 0)
      assert.equal((await lintelDoes('account', 'reactivate', 'amina')).code, 1)
    })

    test('tells the person by mail what it did, as the console does, and nothing of what was refused', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      await lintelDoes('account', 'create', 'amina', ...amina)
      for (const verb of ['unlock', 'lock-down', 'reset', 'deactivate', 'deactivate', 'reactivate'])
        await lintelDoes('account', verb, 'amina')
      const { services } = await openBeside(t, lintel)
      const mails = await services.store.read.selectFrom('mail').select('kind').execute()
      const bySomebody = mails.map(({ kind }) => kind).filter(kind => kind !== 'two-step-due')
      assert.deepEqual(bySomebody.sort(), ['deactivated', 'locked-down', 'reactivated', 'temporary-password'])
    })

    test('an import asks about training as the making of one account does', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      const { services } = await openBeside(t, lintel)
      const overrides = JSON.stringify({ trainingGate: 'required' })
      await services.store.writeOne(db => db.updateTable('policy').set({ overrides }).execute())
      const file = join(lintel.folder, 'people.csv')
      writeFileSync(file, 'First name,Last name,Email\nAmina,Warsame,amina@example.org\n')
      const refused = await lintelDoes('account', 'import', file)
      assert.equal(refused.code, 1)
      assert.match(
        refused.err,
        /Line 2: awarsame: We cannot confirm that they finished the training[\s\S]*--training-override/,
      )
      const made = await lintelDoes('account', 'import', file, '--training-override', 'trained on paper')
      assert.equal(made.code, 0, made.err)
      assert.match(made.out, /awarsame: created\. We cannot confirm that they finished the training\./)
      const log = (await lintelDoes('audit', 'export', '--json')).out
      assert.match(log, /training-override[^\n]*trained on paper/)
    })

    test('a file updates accounts for a reason, all or none, and says before what would change', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      await lintelDoes('account', 'create', 'amina', ...amina)
      const file = join(lintel.folder, 'changes.csv')
      const update = (...words: readonly string[]) =>
        lintelDoes('account', 'import', file, '--update', ...words)
      const shown = async () => (await lintelDoes('account', 'show', 'amina', '--json')).out
      writeFileSync(file, 'Username,Job title\namina,Night lead\nnobody,Cook\n')
      assert.equal((await update()).code, 2, 'without a reason')
      const refused = await update('--reason', 'New roles.')
      assert.equal(refused.code, 1)
      assert.match(refused.err, /Line 3: nobody: /)
      assert.doesNotMatch(await shown(), /Night lead/)
      writeFileSync(file, 'Username,Job title\namina,Night lead\nadmin,\n')
      assert.match((await update('--dry-run')).out, /amina.*Night lead[\s\S]*1 account would be updated/)
      assert.doesNotMatch(await shown(), /Night lead/)
      const done = await update('--reason', 'New roles.', '--json')
      assert.equal(JSON.parse(done.out).updated, 1, done.err)
      assert.match(await shown(), /Night lead/)
      assert.match((await lintelDoes('audit', 'export', '--json')).out, /Night lead[^\n]*New roles\./)
    })

    test('publishes terms that the next request asks for', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      const person = await firstSignInByClient(lintel)
      const file = join(lintel.folder, 'terms.txt')
      writeFileSync(file, '# New\n\nBe kind to the data.\n')
      const published = await lintelDoes('terms', 'publish', file, '--json')
      assert.equal(JSON.parse(published.out).version, 2)
      assert.equal((await person.get('/')).location, '/terms')
      assert.match((await lintelDoes('terms', 'publish', file)).err, /word for word/)
      assert.equal((await lintelDoes('terms', 'publish', file, '--from', 'tomorrow')).code, 2)
      writeFileSync(file, Buffer.from([0xff, 0xfe, 0x41]))
      assert.match((await lintelDoes('terms', 'publish', file)).err, /not text in UTF-8/)
    })

    test('copies the store while it runs, and puts the copy back, where old sessions are dead', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      const person = await firstSignInByClient(lintel)
      const file = join(lintel.folder, 'copy')
      const copied = await lintelDoes('backup', file)
      assert.equal(copied.code, 0, copied.err)
      assert.match(copied.out, /secret file is not in it/)
      assert.equal(statSync(file).mode & 0o777, 0o600)
      const secret = JSON.parse(readFileSync(join(lintel.folder, 'secret.json'), 'utf8')).keys[0].secret
      assert.ok(!readFileSync(file).includes(secret))
      assert.equal((await lintelDoes('backup', file)).code, 1)
      await lintelDoes('account', 'create', 'amina', ...amina)
      assert.match((await lintelDoes('restore', file)).err, /add --force/)
      assert.match((await lintelDoes('restore', file, '--force')).err, /Stop/)
      assert.equal((await lintelDoes('account', 'show', 'amina')).code, 0)
      await lintel.stop()
      const back = await lintelDoes('restore', file, '--force')
      assert.equal(back.code, 0, back.err)
      assert.match(back.out, /audit log is intact/)
      assert.equal((await lintelDoes('account', 'show', 'amina')).code, 1)
      await lintel.restart()
      assert.equal((await person.get('/')).location, '/sign-in')
      assert.equal((await lintelDoes('audit', 'verify')).code, 0)
    })

    test("the doctor finds nothing bad, and names a secret file that is not the store's own", async t => {
      const lintel = await startLintel(t, { engine })
      const well = await commandOf(lintel)('doctor', '--json')
      assert.equal(well.code, 0, well.err)
      const other = join(lintel.folder, 'other.json')
      const keys = [{ id: 'abcdefgh', secret: 'A'.repeat(43) }]
      writeFileSync(other, JSON.stringify({ keys }), { mode: 0o644 })
      const sick = await runCommand({ ...lintel.env, LINTEL_SECRET_FILE: other }, 'doctor')
      assert.equal(sick.code, 1)
      assert.match(sick.out, /BAD {3}secret file: other users .* chmod 600/)
      assert.match(sick.out, /BAD {3}store: .*holds other keys/)
    })

    test('makes nothing where Lintel was never started', async t => {
      const folder = await freshFolder()
      t.after(() => folder.remove())
      const database = engine === 'postgres' ? await freshPostgres() : undefined
      if (database !== undefined) t.after(() => database.drop())
      const env = {
        LINTEL_DATA: join(folder.path, 'none'),
        ...(database !== undefined && { DATABASE_URL: database.url }),
      }
      for (const words of [
        ['account', 'list'],
        ['audit', 'verify'],
        ['backup', join(folder.path, 'x')],
      ]) {
        const said = await runCommand(env, ...words)
        assert.equal(said.code, 1)
        assert.match(said.err, /no store .* yet/)
      }
      assert.equal((await runCommand(env, 'doctor')).code, 0)
      assert.ok(!existsSync(env.LINTEL_DATA))
    })
  })
}

test('wrong usage leaves with 2 and says how; help leaves with 0', async () => {
  for (const words of [
    [],
    ['nonsense'],
    ['account', 'paint', 'admin'],
    ['account', 'reset'],
    ['account', 'show', 'a', '--loud'],
    ['account', 'create', 'a', ...amina, '--role', 'queen'],
  ]) {
    const said = await runCommand({}, ...words)
    assert.equal(said.code, 2, words.join(' '))
    assert.match(said.out + said.err, /lintel/)
  }
  const help = await runCommand({}, 'account', 'reset', '--help')
  assert.equal(help.code, 0)
  assert.match(help.out, /^Usage: lintel account reset USERNAME/)
})

test('a wrong setting is named before anything is opened', async () => {
  const said = await runCommand({ LINTEL_ORIGIN: 'http://hmis.example.org' }, 'account', 'list')
  assert.equal(said.code, 1)
  assert.match(said.err, /LINTEL_ORIGIN must begin with https/)
})

test('a file that is no backup is not put in place', async t => {
  const folder = await freshFolder()
  t.after(() => folder.remove())
  const file = join(folder.path, 'not-one')
  writeFileSync(file, 'SQLite format 3\0 but not really')
  chmodSync(file, 0o600)
  const said = await runCommand({ LINTEL_DATA: join(folder.path, 'data') }, 'restore', file)
  assert.equal(said.code, 1)
  assert.match(said.err, /not a whole backup/)
  assert.ok(!existsSync(join(folder.path, 'data')))
})

test('an answer that standard output does not take is not called done', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const into = (target: string, words: string) => runShell(lintel.env, `bin/lintel ${words} ${target}`)
  for (const words of ['audit export', 'audit export --json', 'account list', 'doctor', '--help']) {
    const said = await into('> /dev/full', words)
    assert.equal(said.code, 1, words)
    assert.match(said.err, /did not take the whole answer \(ENOSPC/, words)
  }
  await breakAudit(lintel)
  for (const end of ['| true', '| head -c 0', '> /dev/full', '>&- 2>&-'])
    assert.equal((await into(end, 'audit verify --json')).code, 1, `a broken log, ${end}`)
  assert.match((await into('| head -n 1', 'audit export')).err, /^Store: \S+ .*\n$/)
})

async function breakAudit(lintel: Lintel): Promise<void> {
  const database = new DatabaseSync(join(lintel.folder, 'lintel.sqlite'))
  database.exec("update audit_record set actor = 'mallory'")
  database.close()
}
