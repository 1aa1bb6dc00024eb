import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { createAudit } from '../../src/audit/audit.ts'
import { createKeyring } from '../../src/store/keyring.ts'
import { openBeside } from '../support/database/beside.ts'
import { engines } from '../support/database/databases.ts'
import { atCodePage, isInside, paired, sendCode } from '../support/people/two-step.ts'
import { commandOf } from '../support/process/command.ts'

interface Key {
  readonly id: string
  readonly secret: string
  readonly retired?: unknown
}

/** What the manual says to type, step by step, with what comes after it. */
function stepsOfTheManual(): { readonly words: readonly string[]; readonly restarts: boolean }[] {
  const manual = readFileSync(new URL('../../docs/operator.md', import.meta.url), 'utf8')
  const section = manual.split('### A stolen secret file\n')[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\d\. `npx lintel ([^`]+)`((?:.|\n(?!\d\.|\n))*)/gm)].map(
    ([, line = '', rest = '']) => ({ words: line.split(' '), restarts: /restart/.test(rest) }),
  )
}

for (const engine of engines) {
  test(`what the manual says of a stolen secret file ends what the thief can do, and shuts nobody out (${engine})`, async t => {
    const { lintel, clock, client, app } = await paired(t, engine)
    const lintelDoes = commandOf(lintel)
    const path = `${lintel.folder}/secret.json`
    const keys = (): readonly Key[] => JSON.parse(readFileSync(path, 'utf8')).keys
    const stolen = readFileSync(path, 'utf8')
    const [old] = keys()
    assert.ok(old)

    const steps = stepsOfTheManual()
    assert.deepEqual(
      steps.map(({ words, restarts }) => [...words, restarts ? 'restart' : ''].join(' ').trim()),
      [
        'audit verify',
        'secret add restart',
        'secret use NEW restart',
        'secret retire OLD restart',
        'audit verify',
      ],
    )
    for (const { words, restarts } of steps) {
      const added = keys().find(({ id }) => id !== old.id)?.id ?? ''
      const said = await lintelDoes(...words.map(word => ({ NEW: added, OLD: old.id })[word] ?? word))
      assert.equal(said.code, 0, `${words.join(' ')}: ${said.err}`)
      if (words[1] === 'retire') assert.match(said.out, /Passwords still under it.*: admin\./)
      if (restarts) await lintel.restart()
    }

    assert.equal(await isInside(client), true, 'nobody is signed out')
    await clock.nextStep()
    const again = await atCodePage(lintel)
    await sendCode(again, app.code())
    assert.equal(await isInside(again), true, 'the password and the app still work')
    const used = await lintelDoes('secret', 'use', old.id)
    assert.match(used.err, /is retired, and stays so/)

    const thief = createKeyring([{ id: old.id, secret: Buffer.from(old.secret, 'base64url') }])
    const { services } = await openBeside(t, lintel)
    assert.equal(services.keyring.verify('csrf', 'text', thief.sign('csrf', 'text')), false)
    const { secret_sealed, account_id } = await services.store.read
      .selectFrom('authenticator')
      .select(['secret_sealed', 'account_id'])
      .executeTakeFirstOrThrow()
    assert.equal(
      thief.open(secret_sealed, account_id),
      undefined,
      'a later copy of the store opens for no thief',
    )

    await services.store.write(tx =>
      createAudit(thief, services.now).record(
        { ...tx, lane: { number: 0 } },
        { event: 'user_updated', actor: 'system' },
      ),
    )
    const verified = await lintelDoes('audit', 'verify')
    assert.equal(verified.code, 1)
    assert.match(verified.err, /was signed with a key that had been retired/)
    const retiredAgain = await lintelDoes('secret', 'retire', old.id)
    assert.equal(retiredAgain.code, 1, 'a forged record never becomes an old one')

    const newest = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      JSON.stringify({ keys: [...keys().filter(({ id }) => id !== old.id), ...JSON.parse(stolen).keys] }),
    )
    assert.match((await lintelDoes('audit', 'verify')).err, /is an older copy/)
    writeFileSync(
      path,
      JSON.stringify({ keys: JSON.parse(newest).keys.filter(({ id }: Key) => id !== old.id) }),
    )
    await lintel.restart()
    assert.equal(await isInside(again), true, 'without the retired key it starts')
  })
}
