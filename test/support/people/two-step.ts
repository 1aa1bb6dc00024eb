import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { firstSignInByClient, password } from '../../journeys/guide.ts'
import type { Engine } from '../database/databases.ts'
import { type Answer, type Client, openClient } from '../http/client.ts'
import { decode } from '../http/forms.ts'
import { type Lintel, type Scope, startLintel } from '../process/process.ts'

/** Milliseconds of one time step of an authenticator app. */
export const step = 30_000

/** A person's authenticator app: Debian's `oathtool` computes its codes, with the clock of the process under test. */
export interface App {
  readonly key: string
  /** The code of the present step, or of one some steps away. */
  code(steps?: number): string
}

/** The clock of a process started with `clockOffset: 0`. */
export interface Clock {
  advance(milliseconds: number): Promise<void>
  /** Moves on to the start of the next time step: codes made from then on are unused, and stay right for the whole step. */
  nextStep(): Promise<void>
  app(key: string): App
}

export function clockOf(lintel: Lintel): Clock {
  let ahead = 0
  const advance = async (milliseconds: number) => {
    await lintel.advance(milliseconds)
    ahead += milliseconds
  }
  return {
    advance,
    nextStep: () => advance(step - ((Date.now() + ahead) % step)),
    app: key => ({
      key,
      code(steps = 0) {
        const seconds = Math.floor((Date.now() + ahead + steps * step) / 1_000)
        return execFileSync('oathtool', ['--totp', '--base32', '--now', `@${seconds}`, key], {
          encoding: 'utf8',
        }).trim()
      },
    }),
  }
}

/** Six digits that no step near the present one has. */
export function wrongCodes(app: App, count: number): string[] {
  const near = new Set([-3, -2, -1, 0, 1, 2, 3].map(steps => app.code(steps)))
  return Array.from({ length: count + near.size }, (_, index) => String(index * 7_919).padStart(6, '0'))
    .filter(code => !near.has(code))
    .slice(0, count)
}

/** The key that a pairing page shows. */
export const keyOn = (html: string): string =>
  decode(html.match(/<code id="key">([^<]+)<\/code>/)?.[1] ?? '').replaceAll(' ', '')

/** Where a link of this name leads. */
export const linkOn = ({ text }: Pick<Answer, 'text'>, name: string): string =>
  decode(text.match(new RegExp(`<a [^>]*href="([^"]+)"[^>]*>${name}<`))?.[1] ?? '')

/** The backup codes that a page shows. */
export const codesOn = (html: string): string[] =>
  [...html.matchAll(/<code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})<\/code>/g)].map(([, code = '']) => code)

/** A browser that has given name and password, on the page that this leads to. */
export async function withPassword(
  lintel: Lintel,
  username: string,
  password: string,
): Promise<{ client: Client; page: Answer }> {
  const client = openClient(lintel.origin)
  await client.get('/sign-in')
  const page = await client.follow(await client.submit({ username, password }, 'Sign In'))
  return { client, page }
}

/** Opens a page of Security Settings, through its gate when that is closed. */
export async function throughGate(
  client: Client,
  path: string,
  password: string,
  code?: string,
): Promise<Answer> {
  const page = await client.get(path)
  if (!/name="password"/.test(page.text)) return page
  const fields = code === undefined ? { password } : { password, code }
  return client.follow(await client.submit(fields, 'Submit'))
}

/** Switches 2-step verification on for anyone who is signed in here, and says that the codes are saved. */
export async function pair(
  client: Client,
  clock: Clock,
  password: string,
): Promise<{ app: App; codes: readonly string[] }> {
  const page = await throughGate(client, '/security/two-step', password)
  const app = clock.app(keyOn(page.text))
  const shown = await client.follow(await client.submit({ code: app.code() }, 'Turn On'))
  const codes = codesOn(shown.text)
  if (codes.length !== 10) throw new Error(`Turn On did not answer with ten codes:\n${shown.text}`)
  await client.follow(await client.submit({}, 'I have saved these'))
  return { app, codes }
}

/** Changes something in a running process's SQLite store, as another process would. */
export function changeStore(
  lintel: Lintel,
  statement: string,
  ...values: readonly (string | number)[]
): void {
  const database = new DatabaseSync(join(lintel.folder, 'lintel.sqlite'), { timeout: 10_000 })
  try {
    database.prepare(statement).run(...values)
  } finally {
    database.close()
  }
}

/** Rows of a running process's SQLite store. */
export function readStore(lintel: Lintel, query: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(join(lintel.folder, 'lintel.sqlite'), { timeout: 10_000, readOnly: true })
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}

/** A process whose administrator has 2-step verification on and is signed in here, at an unused step. */
export async function paired(t: Scope, engine: Engine = 'sqlite') {
  const lintel = await startLintel(t, { engine, clockOffset: 0 })
  const clock = clockOf(lintel)
  const client = await firstSignInByClient(lintel)
  const { app, codes } = await pair(client, clock, password)
  await clock.nextStep()
  return { lintel, clock, client, app, codes }
}

/** The code page, after the right password in a browser that was never here. */
export async function atCodePage(lintel: Lintel): Promise<Client> {
  const { client, page } = await withPassword(lintel, 'admin', password)
  assert.match(page.text, /<h1>2-Step Verification<\/h1>/)
  return client
}

/** One after the other: passwords sent together would wait for their own counter. */
export async function severalAtCodePage(lintel: Lintel, count: number): Promise<Client[]> {
  const clients: Client[] = []
  while (clients.length < count) clients.push(await atCodePage(lintel))
  return clients
}

/** Sends a verification code for the sign-in that waits for one. */
export const sendCode = (client: Client, code: string): Promise<Answer> =>
  client.post('/sign-in/verify', { code })

export const sendBackup = (client: Client, backup: string): Promise<Answer> =>
  client.post('/sign-in/backup-code', { backup })

/** Tells whether this browser gets to Home, by whatever redirects. */
export const isInside = async (client: Client): Promise<boolean> =>
  /<h1>Welcome/.test((await client.follow(await client.get('/'))).text)
