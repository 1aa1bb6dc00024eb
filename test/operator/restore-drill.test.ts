import assert from 'node:assert/strict'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeLink } from '../../src/mail/links.ts'
import { firstSignInByClient } from '../journeys/guide.ts'
import { openBeside } from '../support/database/beside.ts'
import { engines, freshFolder, freshPostgres } from '../support/database/databases.ts'
import { withPassword } from '../support/people/two-step.ts'
import { commandOf, runCommand } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

const person = ['--first-name', 'Amina', '--last-name', 'Warsame', '--email', 'amina@example.org', '--json']

/** The commands of the manual's part on restoring, in its order. */
const commands = [
  ...(readFileSync(new URL('../../docs/operator.md', import.meta.url), 'utf8')
    .split('## Backup and restore\n')[1]
    ?.split('\n## ')[0]
    ?.matchAll(/`npx lintel ([^`]+)`/g) ?? []),
].map(([, line = '']) => line)

for (const engine of engines) {
  test(`the manual's restore, on another machine and over a store, revives nothing that was handed out and names who was shut (${engine})`, async t => {
    assert.deepEqual(commands, [
      'backup FILE',
      'restore FILE',
      'restore FILE',
      'restore FILE --force',
      'account deactivate USERNAME',
    ])
    const lintel = await startLintel(t, { engine })
    const lintelDoes = commandOf(lintel)
    const admin = await firstSignInByClient(lintel)
    const made = JSON.parse((await lintelDoes('account', 'create', 'amina', ...person)).out)
    const { services } = await openBeside(t, lintel)
    await services.store.write(tx =>
      makeLink(tx, {
        kind: 'welcome',
        accountId: made.id,
        epoch: 1,
        now: services.now(),
        lifetime: 3_600_000,
      }),
    )
    const file = join(lintel.folder, 'copy')
    const fill = (line = '') => line.split(' ').map(word => (word === 'FILE' ? file : word))
    const [backup, drill, look, put, shut = ''] = commands
    assert.equal((await lintelDoes(...fill(backup))).code, 0)

    const folder = await freshFolder()
    t.after(() => folder.remove())
    const database = engine === 'postgres' ? await freshPostgres() : undefined
    t.after(() => database?.drop())
    copyFileSync(join(lintel.folder, 'secret.json'), join(folder.path, 'secret.json'))
    const elsewhere = {
      ...lintel.env,
      LINTEL_DATA: folder.path,
      LINTEL_SECRET_FILE: join(folder.path, 'secret.json'),
      ...(database !== undefined && { DATABASE_URL: database.url }),
    }
    const drilled = await runCommand(elsewhere, ...fill(drill))
    assert.equal(drilled.code, 0, drilled.err)
    assert.match(drilled.out, /It is as it was on 20\d\d-.*roles\./)
    assert.match(drilled.out, /Ended: 1 temporary passwords, [1-9] mailed links/)
    assert.doesNotMatch(drilled.out, /since the backup/, 'there was no store to compare with')

    const deactivated = await lintelDoes('account', 'deactivate', 'amina', '--reason', 'left')
    assert.equal(deactivated.code, 0, deactivated.err)
    await services.store.close()
    const asked = await lintelDoes(...fill(look))
    assert.equal(asked.code, 1)
    assert.match(asked.err, /Nothing was changed[\s\S]*amina \(Deactivated\)[\s\S]*add --force/)
    assert.match((await lintelDoes('account', 'show', 'amina')).out, /deactivated/)

    await lintel.stop()
    const restored = await lintelDoes(...fill(put))
    assert.equal(restored.code, 0, restored.err)
    assert.match(restored.out, /Shut since the backup, and open again.*amina \(Deactivated\)/)
    await lintel.restart()
    assert.equal((await admin.get('/')).location, '/sign-in', 'sessions are ended')
    const temporary = String(made.temporaryPassword)
    const { page } = await withPassword(lintel, 'amina', temporary)
    assert.equal(page.status, 422, 'a temporary password of the backup is dead')
    const again = await lintelDoes(...shut.replace('USERNAME', 'amina').split(' '), '--reason', 'left')
    assert.equal(again.code, 0, again.err)
    assert.equal((await lintelDoes('audit', 'verify')).code, 0)
  })
}
