import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { openBeside } from '../support/database/beside.ts'
import { engines } from '../support/database/databases.ts'
import {
  atCodePage,
  isInside,
  paired,
  sendBackup,
  sendCode,
  withPassword,
} from '../support/people/two-step.ts'
import { commandOf } from '../support/process/command.ts'

for (const engine of engines) {
  test(`a new key comes into use without shutting anybody out (${engine})`, async t => {
    const { lintel, clock, client, app, codes } = await paired(t, engine)
    const lintelDoes = commandOf(lintel)
    const file = () => readFileSync(`${lintel.folder}/secret.json`, 'utf8')
    const [former] = JSON.parse(file()).keys
    const { key } = JSON.parse((await lintelDoes('secret', 'add', '--json')).out)
    await lintel.restart()
    assert.equal(await isInside(client), true, 'the key that was added is not used yet')
    const unknown = await lintelDoes('secret', 'use', 'ffffffff')
    assert.equal(unknown.code, 1)
    assert.match(unknown.err, new RegExp(`has no key "ffffffff". It has: ${former.id}, ${key}`))
    assert.equal((await lintelDoes('secret', 'use', key)).code, 0)
    await lintel.restart()

    assert.equal(await isInside(client), true, 'sessions outlive a new key')
    const { services } = await openBeside(t, lintel)
    const pepper = async () =>
      (await services.store.read.selectFrom('credential').select('pepper_id').executeTakeFirstOrThrow())
        .pepper_id
    assert.equal(await pepper(), former.id)
    await clock.nextStep()
    const byCode = await atCodePage(lintel)
    await sendCode(byCode, app.code())
    assert.equal(await isInside(byCode), true, 'a key of an app that was sealed before still checks codes')
    assert.equal(await pepper(), key, 'the password moved to the new key at the sign-in')
    const byBackup = await atCodePage(lintel)
    await sendBackup(byBackup, codes[0] ?? '')
    assert.equal(await isInside(byBackup), true, 'a backup code made before still works')

    const sealed = JSON.parse((await lintelDoes('secret', 'reseal', '--json')).out)
    assert.deepEqual([sealed.key, sealed.passwordsLeft], [key, 0])
    const authenticators = sealed.columns.find(({ name }: { name: string }) => name === 'authenticators')
    assert.deepEqual(authenticators, { name: 'authenticators', sealed: 1, dead: 0 })
    assert.equal(JSON.parse((await lintelDoes('secret', 'reseal', '--json')).out).resealed, 0)
    await clock.nextStep()
    const again = await atCodePage(lintel)
    await sendCode(again, app.code())
    assert.equal(await isInside(again), true)
    assert.equal((await lintelDoes('audit', 'verify')).code, 0, 'the chain holds across keys')
    const log = (await lintelDoes('audit', 'export', '--json')).out
    for (const secret of JSON.parse(file()).keys) assert.ok(!log.includes(secret.secret))
    assert.match(log, new RegExp(`secret use.*${key}|${key}.*secret use`))
    assert.equal((await withPassword(lintel, 'admin', `${password}!`)).page.status, 422)
  })
}
