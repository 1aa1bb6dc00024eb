/** `npm run demo`: Lintel on a throwaway folder, with people in every state. Everything is gone when it ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstStart } from '../first-start.ts'
import { serveLintel, settingsOrStop, startOrExplain } from '../serve.ts'
import { openHasher, openLog, openServices } from '../services.ts'
import { openBedBoard } from './bed-board.ts'
import { fillDemo, type Shown } from './fill.ts'

/** `username  password  state` as columns. */
function table(rows: readonly Shown[]): readonly string[] {
  const all = [{ username: 'username', password: 'password', state: 'state' }, ...rows]
  const width = (name: 'username' | 'password') => Math.max(...all.map(row => row[name].length))
  const [first, second] = [width('username'), width('password')]
  return all.map(row => `${row.username.padEnd(first)}  ${row.password.padEnd(second)}  ${row.state}`)
}

await startOrExplain(openLog(), async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-demo-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const settings = settingsOrStop({
    ...process.env,
    LINTEL_DATA: folder,
    LINTEL_SECRET_FILE: '',
    DATABASE_URL: '',
    SMTP_URL: '',
  })
  const services = await openServices(settings)
  const hasher = openHasher(services.keyring)
  await serveLintel(services, hasher, async () => {
    const administrator = await firstStart(services, hasher, settings.LINTEL_ADMIN_EMAIL)
    if (administrator === undefined) throw new Error('The demo needs an empty folder.')
    const first = {
      username: administrator.username,
      password: administrator.temporaryPassword,
      state: 'administrator, first sign-in: terms, then a new password',
    }
    const people = await fillDemo(services, hasher)
    const board = await openBedBoard(services)
    return [
      ...table([first, ...people]),
      `All of this is made up and lies in ${folder} until you stop it.`,
      ...(board === undefined
        ? []
        : [`An application to open from Home as amina or dolores: Bed Board, ${board}`]),
    ]
  })
})
