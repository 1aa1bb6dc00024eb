import assert from 'node:assert/strict'
import fs, {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshFolder } from '../../test/support/database/databases.ts'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import {
  addKey,
  closeToEverybody,
  loadKeyring,
  newSecret,
  retireKey,
  SecretFileError,
  secretFilePath,
  useKey,
} from './secret-file.ts'
import { openStore } from './store.ts'

interface File {
  readonly keys: readonly { readonly id: string; readonly secret: string }[]
}

const pathOf = ({ folder }: Opened) => secretFilePath(folder, undefined)
const load = (opened: Opened) => loadKeyring(opened.store, pathOf(opened), opened.clock.now())
const read = (opened: Opened): File => JSON.parse(readFileSync(pathOf(opened), 'utf8')) as File
const put = (opened: Opened, file: unknown) => writeFileSync(pathOf(opened), JSON.stringify(file))

const refuses = (opened: Opened, what: RegExp) =>
  assert.rejects(load(opened), error => {
    assert.ok(error instanceof SecretFileError)
    assert.match(error.message, what)
    assert.ok(error.message.startsWith(pathOf(opened)), 'the message begins with the file')
    return true
  })

test('a secret file is on the disk with its name in the folder before anything is sealed with it', async t => {
  const folder = await freshFolder()
  t.after(folder.remove)
  const store = await openStore({ folder: folder.path, databaseUrl: undefined, onLost: () => {} })
  t.after(() => store.close())
  const keys = join(folder.path, 'keys')
  const path = join(keys, 'secret.json')
  const flushed: string[] = []
  const { fsyncSync } = fs
  t.mock.method(fs, 'fsyncSync', (file: number) => {
    flushed.push(`${readlinkSync(`/proc/self/fd/${file}`)} ${existsSync(path)}`)
    fsyncSync(file)
  })
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
  await loadKeyring(store, path, 0)
  assert.ok(flushed.includes(`${keys} true`), 'made')
  for (const change of [() => useKey(path, addKey(path)), () => addKey(path)]) {
    flushed.length = 0
    change()
    assert.ok(flushed.includes(`${keys} true`), String(change))
  }
})

test('the secret file is in the data folder unless a setting names another', () => {
  assert.equal(secretFilePath('/data', undefined), '/data/secret.json')
  assert.equal(secretFilePath('/data', '/run/keys.json'), '/run/keys.json')
})

eachEngine('an empty store gets a secret file that only its owner may read, with one key', async open => {
  const opened = await open()
  const umask = process.umask(0)
  const keyring = await load(opened).finally(() => process.umask(umask))
  assert.equal(statSync(pathOf(opened)).mode & 0o777, 0o600)
  assert.deepEqual(
    read(opened).keys.map(({ id }) => id),
    [keyring.currentId],
  )
  assert.equal(Buffer.from(read(opened).keys[0]?.secret ?? '', 'base64url').length, 32)
})

test('a file that everybody may read is taken from all but its owner; one that a group was given stays as it is', async t => {
  const fresh = await freshFolder()
  t.after(fresh.remove)
  const path = join(fresh.path, 'secret.json')
  assert.equal(closeToEverybody(path), false)
  for (const [before, after, wasOpen] of [
    [0o600, 0o600, false],
    [0o400, 0o400, false],
    [0o440, 0o440, false],
    [0o644, 0o600, true],
    [0o604, 0o600, true],
    [0o602, 0o600, true],
    [0o666, 0o600, true],
    [0o444, 0o400, true],
  ] as const) {
    writeFileSync(path, '{}')
    chmodSync(path, before)
    assert.equal(closeToEverybody(path), wasOpen, before.toString(8))
    assert.equal(statSync(path).mode & 0o777, after, before.toString(8))
    rmSync(path)
  }
})

test('a file that everybody may read and whose mode cannot be changed stops the start', () => {
  const ofTheKernel = '/proc/self/status'
  assert.throws(
    () => closeToEverybody(ofTheKernel),
    error =>
      error instanceof SecretFileError && /Everybody on this machine may read \/proc/.test(error.message),
  )
})

eachEngine('the second start reads the same keys, and the store holds no key', async open => {
  const opened = await open()
  const first = await load(opened)
  const second = await load(opened)
  assert.deepEqual(second.key('seal'), first.key('seal'))
  const stored = await opened.store.read.selectFrom('secret_key').selectAll().execute()
  assert.equal(stored.length, 1)
  assert.ok(!JSON.stringify(stored).includes(read(opened).keys[0]?.secret ?? ''))
})

eachEngine('a secret file that is gone stops the start, says so, and is not made anew', async open => {
  const opened = await open()
  await load(opened)
  rmSync(pathOf(opened))
  await refuses(opened, /is not there, but this store holds accounts.*Bring the secret file back/)
  assert.throws(() => statSync(pathOf(opened)), /ENOENT/)
})

eachEngine('another secret file stops the start, whatever its ids say', async open => {
  const opened = await open()
  await load(opened)
  const [own] = read(opened).keys
  put(opened, { keys: [newSecret()] })
  await refuses(opened, /holds other keys.*Put the store's own secret file there/)
  put(opened, { keys: [{ id: own?.id, secret: newSecret().secret }] })
  await refuses(opened, /holds other keys/)
  put(opened, { keys: [own] })
  await load(opened)
})

eachEngine('a file that holds no keys stops the start', async open => {
  const opened = await open()
  await load(opened)
  for (const file of ['', '{}', { keys: [] }, { keys: [{ id: 'short', secret: 'x' }] }, [newSecret()]]) {
    put(opened, file)
    await refuses(opened, /is not a secret file of Lintel/)
  }
  writeFileSync(join(opened.folder, 'secret.json'), '{ "keys": [')
  await refuses(opened, /is not a secret file of Lintel/)
})

eachEngine('a key that is added is taken, and what the older one sealed still opens', async open => {
  const opened = await open()
  const before = await load(opened)
  const sealed = before.seal('text', 'row')
  const added = newSecret()
  put(opened, { keys: [added, ...read(opened).keys] })
  const after = await load(opened)
  assert.equal(after.currentId, added.id)
  assert.equal(after.open(sealed, 'row'), 'text')
  put(opened, { keys: [added] })
  await refuses(opened, new RegExp(`holds other keys.*key ${before.currentId}`))
})

eachEngine('a file that is there before the first start is used as it is', async open => {
  const opened = await open()
  const prepared = newSecret()
  put(opened, { keys: [prepared] })
  assert.equal((await load(opened)).currentId, prepared.id)
  assert.deepEqual(read(opened).keys, [prepared])
})

eachEngine('a key is added without being used, then used, and the former one is still read', async open => {
  const opened = await open()
  const first = await load(opened)
  const added = addKey(pathOf(opened))
  assert.equal((await load(opened)).currentId, first.currentId)
  assert.equal(useKey(pathOf(opened), 'no-such-key'), false)
  assert.equal(useKey(pathOf(opened), added), true)
  const after = await load(opened)
  assert.deepEqual(after.ids, [added, first.currentId])
  assert.equal(after.verify('cookie', 'text', first.sign('cookie', 'text')), true)
  assert.equal(statSync(pathOf(opened)).mode & 0o777, 0o600)
  assert.deepEqual(
    readdirSync(opened.folder).filter(name => name.startsWith('secret')),
    ['secret.json'],
  )
})

eachEngine(
  'a retired key may be taken out of the file; an older file, in which it is not retired, stops the start',
  async open => {
    const opened = await open()
    const first = await load(opened)
    const before = read(opened)
    const added = addKey(pathOf(opened))
    useKey(pathOf(opened), added)
    await load(opened)
    const older = read(opened)
    retireKey(pathOf(opened), first.currentId, new Map([['chain', { position: 2, hmac: 'hmac' }]]))
    await opened.store.write(tx =>
      tx.db.updateTable('secret_key').set({ retired_at: 1 }).where('id', '=', first.currentId).execute(),
    )
    const after = await load(opened)
    assert.deepEqual([...(after.endsOf(first.currentId) ?? [])], [['chain', { position: 2, hmac: 'hmac' }]])
    assert.equal(after.verify('cookie', 'text', first.sign('cookie', 'text')), false)
    assert.equal(useKey(pathOf(opened), first.currentId), false, 'it never comes back into use')

    const newest = read(opened)
    put(opened, older)
    await refuses(opened, new RegExp(`is an older copy: key ${first.currentId} has been retired`))
    put(opened, { keys: newest.keys.filter(({ id }) => id === added) })
    assert.deepEqual((await load(opened)).ids, [added])
    put(opened, { keys: newest.keys.toReversed() })
    await assert.rejects(load(opened), /is retired. Put the key in use first/)
    put(opened, before)
    await refuses(opened, /holds other keys|is an older copy/)
  },
)
