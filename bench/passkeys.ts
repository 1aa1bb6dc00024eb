import { setTimeout as pause } from 'node:timers/promises'
import { openServices } from '../src/services.ts'
import type { Services } from '../src/session/services.ts'
import { readSettings } from '../src/settings.ts'
import { readRegistration } from '../src/verification/passkeys/answer.ts'
import { newChallenge } from '../src/verification/passkeys/challenge.ts'
import { siteOf } from '../src/verification/passkeys/site.ts'
import { addPasskey } from '../src/verification/passkeys/store.ts'
import { verifyRegistration } from '../src/verification/passkeys/verify.ts'
import { bits, createAuthenticator } from '../test/support/people/authenticator.ts'
import { makePeople, password } from './people.ts'
import type { Running } from './processes.ts'
import { connections, type Effort, type Load, race } from './races.ts'
import { type Row, row } from './report.ts'
import { cookiesOf, getRequest, openWire, postRequest } from './wire.ts'

/** People who have a passkey: each signs in again and again. */
const holders = 200
/** Signatures made before a round; more than any machine checks in it. */
const perSecondAtMost = 1_500

type Key = ReturnType<typeof createAuthenticator>

async function giveKeys(services: Services, origin: string, usernames: readonly string[]): Promise<Key[]> {
  const site = siteOf(origin)
  if (site === undefined) throw new Error('No passkeys at an IP address.')
  const keys: Key[] = []
  for (const username of usernames) {
    const key = createAuthenticator(origin, bits.present | bits.verified | bits.eligible | bits.backedUp)
    const user = { id: Buffer.from(username).toString('base64url') }
    const given = readRegistration(key.register({ challenge: 'AAAA', user }), origin)
    const added = given && (await verifyRegistration(site, given, true))
    if (given === undefined || added === undefined) throw new Error('The key was not taken.')
    await services.store.write(async tx => {
      const { id } = await tx.db
        .selectFrom('account')
        .select('id')
        .where('username_key', '=', username)
        .executeTakeFirstOrThrow()
      const { backupEligible, backedUp, signCount } = given.authData
      await addPasskey(
        tx,
        services.keyring,
        {
          ...added,
          accountId: id,
          kind: 'passkey',
          rpId: site.rpId,
          userHandle: user.id,
          backupEligible,
          backedUp,
          signCount,
          transports: [],
          name: username,
        },
        services.now(),
      )
    })
    keys.push(key)
  }
  await services.store.writeOne(db =>
    db
      .updateTable('policy')
      .set({ overrides: JSON.stringify({ passkeys: 'sign-in' }) })
      .execute(),
  )
  return keys
}

/** Signed answers, each to a challenge of its own. */
async function signedRequests(services: Services, origin: string, keys: readonly Key[], count: number) {
  const wire = await openWire(Number(new URL(origin).port))
  const page = await wire.ask(getRequest(origin, '/sign-in'))
  wire.close()
  const cookie = cookiesOf(page)
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.body.toString())?.[1] ?? ''
  const holder = /lintel-pre[^=]*=([^.;]+)\./.exec(cookie)?.[1] ?? ''
  return Array.from({ length: count }, (_, index) => {
    const challenge = newChallenge(services.keyring, { purpose: 'sign-in', holder }, services.now())
    const passkey = keys[index % keys.length]?.sign({ challenge }) ?? ''
    return postRequest(origin, '/sign-in/with-passkey', cookie, { csrf, to: '/', passkey })
  })
}

/** Sign-ins by a passkey alone, each second, over as many by password. */
export async function racePasskeys(
  env: Readonly<Record<string, string>>,
  load: Load,
  { origin }: Running,
  people: readonly string[],
  effort: Effort,
): Promise<Row> {
  const usernames = await makePeople(env, holders, { name: 'holder', paired: false })
  const read = readSettings(env)
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const services = await openServices(read.settings)
  const milliseconds = effort.window
  try {
    const keys = await giveKeys(services, origin, usernames)
    const count = Math.ceil((perSecondAtMost * milliseconds) / 1_000)
    const { ours, reference, ratio } = await race(
      effort,
      async () => {
        const requests = await signedRequests(services, origin, keys, count)
        await pause(100)
        const asked = { kind: 'requests', origin, requests, status: 303, connections, milliseconds } as const
        return (await load.ask(asked)).perSecond ?? 0
      },
      async () =>
        (await load.ask({ kind: 'sign-ins', origin, people, password, connections, milliseconds }))
          .perSecond ?? 0,
    )
    return row(
      'sign-ins by a passkey alone/s over sign-ins by password/s',
      ours,
      reference,
      '≥ 1',
      ratio >= 1,
      ratio,
    )
  } finally {
    await services.store.close()
  }
}
