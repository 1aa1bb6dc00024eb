import { createAccount } from '../../src/account/store.ts'
import { fillDemo } from '../../src/demo/fill.ts'
import { type Data, openData } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { openBeside } from '../support/database/beside.ts'
import { type Answer, type Client, openClient } from '../support/http/client.ts'
import { linkIn, type Mailbox, openMailbox } from '../support/outside/mailbox.ts'
import { type Clock, clockOf } from '../support/people/two-step.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'

/** The demo's people in every state, a crowd, and a mailbox: enough to reach each page in each of its states. */
export interface World {
  readonly lintel: Lintel
  readonly data: Data
  readonly clock: Clock
  readonly mailbox: Mailbox
  /** A browser without scripts that nobody has signed in with. */
  stranger(): Client
  /** A browser without scripts in which this person has given the password; the same one each time. */
  as(username: string): Promise<Client>
  /** The password of one of the demo's people, or of somebody whom a state added. */
  passwordOf(username: string): string
  /** The path of the newest link of this kind in a mail to this person. */
  mailedLink(username: string, kind: 'reset' | 'not-me' | 'welcome'): Promise<string>
  idOf(username: string): Promise<string>
}

/** A page as it was answered, and the address that a browser then shows. */
export interface Seen {
  readonly path: string
  readonly answer: Answer
}

/** Enough for two pages of any list. */
const crowd = 250

export async function openWorld(t: Scope): Promise<World> {
  const mailbox = await openMailbox(t)
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    clockOffset: 0,
    env: { SMTP_URL: mailbox.url, LINTEL_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const { services, hasher } = await openBeside(t, lintel)
  const shown = await fillDemo(services, hasher)
  const data = await openData(t, lintel)
  await services.store.write(async tx => {
    for (let number = 0; number < crowd; number++) {
      await createAccount(tx, oneOfCrowd(number), services.now())
    }
  })
  const clients = new Map<string, Promise<Client>>()
  let addresses = 0
  const stranger = () => openClient(lintel.origin, { 'x-forwarded-for': `203.0.113.${++addresses % 250}` })
  const passwordOf = (username: string) => shown.find(row => row.username === username)?.password ?? password
  async function enter(username: string): Promise<Client> {
    const client = stranger()
    await client.get('/sign-in')
    await client.follow(await client.submit({ username, password: passwordOf(username) }, 'Sign In'))
    return client
  }
  return {
    lintel,
    data,
    clock: clockOf(lintel),
    mailbox,
    stranger,
    passwordOf,
    as(username) {
      const known = clients.get(username) ?? enter(username)
      clients.set(username, known)
      return known
    },
    async mailedLink(username, kind) {
      const mail = await mailbox.wait(
        ({ recipients, text }) =>
          recipients.some(to => to.startsWith(`${username}@`)) && text.includes(`/${kind}/`),
      )
      return linkIn(mail, kind)
    },
    idOf: data.idOf,
  }
}

const oneOfCrowd = (number: number) => ({
  username: `crowd-${number}`,
  firstName: 'Crowd',
  lastName: `Member ${String(number).padStart(3, '0')}`,
  email: `crowd-${number}@demo.example`,
  role: 'user' as const,
  organizationIds: [],
  workgroupIds: [],
})
