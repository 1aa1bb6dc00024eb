import assert from 'node:assert/strict'
import fs, { readdirSync, readlinkSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshFolder } from '../../test/support/database/databases.ts'
import { createTransport } from './transport.ts'

test('a message in the outbox folder is on the disk, with its name, before it counts as sent', async t => {
  const folder = await freshFolder()
  t.after(folder.remove)
  const flushed: string[] = []
  const { fsyncSync } = fs
  t.mock.method(fs, 'fsyncSync', (file: number) => {
    flushed.push(readlinkSync(`/proc/self/fd/${file}`))
    fsyncSync(file)
  })
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
  const transport = createTransport({
    SMTP_URL: undefined,
    LINTEL_MAIL_FROM: 'lintel@example.org',
    LINTEL_ORIGIN: 'https://hmis.example.org',
    LINTEL_DATA: folder.path,
  })
  const message = {
    id: 'm',
    recipient: 'ann@example.org',
    subject: 'Hello',
    text: 'x',
    html: '',
    createdAt: 0,
  }
  const path = await transport.send(message)
  const outbox = join(folder.path, 'outbox')
  assert.deepEqual(
    readdirSync(outbox).map(name => join(outbox, name)),
    [path],
  )
  assert.deepEqual(flushed, [folder.path, `${path}.part`, outbox])
})
