/** A move that is killed at any moment leaves one whole store, and is brought to its end by being run again. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAccount } from '../../src/account/store.ts'
import { isStarted } from '../../src/cli/open.ts'
import { openServices } from '../../src/services.ts'
import { MovedError } from '../../src/store/moved.ts'
import { engines, freshFolder, freshPostgres } from '../support/database/databases.ts'
import { everyRow } from '../support/database/rows.ts'
import { settingsFor } from '../support/database/store.ts'
import { runCommand } from '../support/process/command.ts'
import type { Env } from '../support/process/process.ts'

const program = join(import.meta.dirname, '../../bin/lintel')
/** The lines of a move, and milliseconds after each: wherever it is by then, it dies there. */
const moments = [
  ['Copying', 0],
  ['Copying', 150],
  ['Checking', 0],
  ['Checking', 100],
  ['Closing', 0],
  ['Closing', 10],
] as const

async function killedAt(env: Env, to: string, line: string, wait: number): Promise<void> {
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(program, ['move', '--to', to], {
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'close')
  for await (const said of createInterface(child.stderr))
    if (said.startsWith(line)) {
      await sleep(wait)
      child.kill('SIGKILL')
      break
    }
  await ended
}

/** Tells whether a Lintel starts there on what was in it. */
async function opens(env: Env): Promise<boolean> {
  const settings = settingsFor(env['LINTEL_DATA'] ?? '', env)
  if (!(await isStarted(settings))) return false
  try {
    const { store } = await openServices(settings)
    await store.close()
    return true
  } catch (error) {
    if (error instanceof MovedError) return false
    throw error
  }
}

for (const to of engines) {
  test(`killed at six moments, a move never leaves two stores open, and ends when it is run again (to ${to})`, async t => {
    const folder = await freshFolder()
    const database = await freshPostgres()
    t.after(async () => {
      await database.drop()
      await folder.remove()
    })
    const file = { LINTEL_DATA: folder.path, LINTEL_SECRET_FILE: join(folder.path, 'secret.json') }
    const both = { ...file, DATABASE_URL: database.url }
    const [from, other] = to === 'postgres' ? [file, both] : [both, file]
    const { store, now } = await openServices(settingsFor(folder.path, from))
    await store.write(async tx => {
      await tx.db.insertInto('policy').values({ id: 1, overrides: '{}', version: 1 }).execute()
      for (let index = 0; index < 2_000; index++)
        await createAccount(
          tx,
          {
            username: `user${index}`,
            firstName: 'Amina',
            lastName: 'Warsame',
            email: `user${index}@example.org`,
            role: 'user',
            organizationIds: [],
            workgroupIds: [],
          },
          now(),
        )
    })
    await store.close()
    for (const [line, wait] of moments) {
      await killedAt(both, to, line, wait)
      const open = [await opens(from), await opens(other)]
      assert.ok(open.filter(Boolean).length < 2, `both open after ${line} + ${wait}`)
    }
    if (!(await opens(other))) {
      const ended = await runCommand(both, 'move', '--to', to)
      assert.equal(ended.code, 0, ended.err)
    }
    assert.equal(await opens(from), false)
    assert.equal(await opens(other), true)
    const accounts = (await everyRow(folder.path, to === 'postgres' ? database.url : undefined))['account']
    assert.equal(accounts?.length, 2_000)
    assert.equal((await runCommand(other, 'audit', 'verify')).code, 0)
  })
}
