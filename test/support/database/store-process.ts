/**
 * A second process for the store's tests. Says `ready`, waits for a word, does what it says on the store of its environment
 * and answers with the result or the error: `start` opens store and keys as the server does, `write` makes 40 changes.
 */
import { loadKeyring, secretFilePath } from '../../../src/store/secret-file.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { settingsFor } from './store.ts'

const settings = settingsFor(process.env['LINTEL_DATA'] ?? '.')

async function start(store: Store): Promise<string> {
  const path = secretFilePath(settings.LINTEL_DATA, undefined)
  return (await loadKeyring(store, path, Date.now())).currentId
}

async function write({ write, writeOne }: Store): Promise<string> {
  for (let number = 0; number < 40; number++) {
    await write(async ({ db }) => {
      const shared = () => db.selectFrom('counter').where('name', '=', 'shared')
      const { value } = await shared().select('value').executeTakeFirstOrThrow()
      await new Promise(setImmediate)
      await db
        .updateTable('counter')
        .set({ value: value + 1 })
        .where('name', '=', 'shared')
        .execute()
    })
    const name = `${process.pid} ${number}`
    await writeOne(db => db.insertInto('counter').values({ name, value: number }).execute())
  }
  return 'written'
}

async function work(word: unknown): Promise<string> {
  const store = await openStore({
    folder: settings.LINTEL_DATA,
    databaseUrl: process.env['DATABASE_URL'],
    onLost: () => {},
  })
  try {
    return await (word === 'start' ? start(store) : write(store))
  } finally {
    await store.close()
  }
}

process.once('message', word => {
  work(word)
    .then(
      result => process.send?.({ result }),
      (error: unknown) => process.send?.({ error: String(error) }),
    )
    .finally(() => process.disconnect())
})
process.send?.('ready')
