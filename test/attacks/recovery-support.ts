import assert from 'node:assert/strict'
import { answer, firstSignInByClient } from '../journeys/guide.ts'
import type { Engine } from '../support/database/databases.ts'
import { type Answer, type Client, openClient } from '../support/http/client.ts'
import { linkIn, type Mailbox, openMailbox } from '../support/outside/mailbox.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { type Data, openData } from './support.ts'

export const fresh = 'Walnut ferry 19 at dusk'
export const minute = 60_000
export const resetSubject = 'Reset your password'

export interface House {
  readonly lintel: Lintel
  readonly mailbox: Mailbox
  readonly data: Data
  /** The administrator's browser after the first sign-in, with the guide's question set. */
  readonly owner: Client
}

export async function house(t: Scope, engine: Engine = 'sqlite'): Promise<House> {
  const mailbox = await openMailbox(t)
  const lintel = await startLintel(t, { engine, clockOffset: 0, env: { SMTP_URL: mailbox.url } })
  const owner = await firstSignInByClient(lintel)
  return { lintel, mailbox, data: await openData(t, lintel), owner }
}

export async function ask(
  lintel: Lintel,
  entry: string,
  client = openClient(lintel.origin),
): Promise<Answer> {
  await client.get('/forgot-password')
  return client.submit({ username: entry }, 'Continue')
}

export const resets = (mailbox: Mailbox) => mailbox.mails.filter(({ subject }) => subject === resetSubject)

/** Asks for a link and takes it from the mail. */
export async function newLink({ lintel, mailbox }: House, entry = 'admin'): Promise<string> {
  const before = new Set(mailbox.mails)
  await ask(lintel, entry)
  return linkIn(await mailbox.wait(mail => !before.has(mail) && mail.subject === resetSubject), 'reset')
}

/** A browser in which the mailed link is open. */
export async function opened({ lintel }: House, link: string): Promise<{ client: Client; page: Answer }> {
  const client = openClient(lintel.origin)
  const page = await client.follow(await client.get(link))
  return { client, page }
}

export async function proven(given: House, link: string): Promise<Client> {
  const { client } = await opened(given, link)
  const page = await client.follow(await client.submit({ answer }, 'Continue'))
  assert.match(page.text, /Confirm new password/)
  return client
}

export const save = (client: Client, secret = fresh) =>
  client.post('/reset', { step: 'password', password: secret, confirm: secret })

export const isDead = (page: Answer) => /<h1>This link does not work<\/h1>/.test(page.text)

export async function atSignInOf({ lintel }: House): Promise<Client> {
  const client = openClient(lintel.origin)
  await client.get('/sign-in')
  return client
}
