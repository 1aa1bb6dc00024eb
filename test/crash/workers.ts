import assert from 'node:assert/strict'
import { makeLink } from '../../src/mail/links.ts'
import { addApp } from '../../src/verification/app/store.ts'
import { replaceBackupCodes } from '../../src/verification/backup-codes/store.ts'
import { type Data, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { type Client, openClient } from '../support/http/client.ts'
import type { Lintel } from '../support/process/process.ts'

const hour = 3_600_000

/** Something a person does again and again until the process dies, and what has to be true of it afterwards. */
export interface Worker {
  readonly name: string
  /** Rests between two rounds, with the process up: whatever the next tries need. */
  prepare(): Promise<void>
  /** One try. Calls `acknowledged` as soon as the process has said that it is done; throws when the process is gone. */
  act(acknowledged: () => void): Promise<void>
  /** After the process was killed and started again. */
  check(): Promise<void>
}

export interface Ground {
  readonly lintel: Lintel
  readonly data: Data
}

const cuts = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE'])

/** Tells whether the process died under a request. */
export const isCut = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && cuts.has(String(error.code))

async function isTaken(ground: Ground, username: string, secret: string): Promise<boolean> {
  const client = openClient(ground.lintel.origin)
  await client.get('/sign-in')
  return (await client.submit({ username, password: secret })).status === 303
}

/** Changes their password over and over. Of an answer that never came either password may hold, but exactly one does. */
async function passwordChanger(ground: Ground, username: string): Promise<Worker> {
  const { data } = ground
  const [id = ''] = await data.addPeople({ username })
  let known = password
  let tried: string | undefined
  let signIns = 0
  let number = 0

  async function passGate(client: Client): Promise<void> {
    await client.get('/security/password')
    await client.follow(await client.submit({ password: known }, 'Submit'))
  }

  return {
    name: username,
    prepare: async () => {},
    async act(acknowledged) {
      const client = await signedIn(ground.lintel, username, known)
      signIns += 1
      acknowledged()
      await passGate(client)
      number += 1
      tried = `Heron lamp ${username} ${number} quietly`
      const answer = await client.submit({ password: tried, confirm: tried }, 'Save')
      assert.equal(answer.status, 303, answer.text)
      known = tried
      tried = undefined
      acknowledged()
    },
    async check() {
      const candidates = tried === undefined ? [known] : [known, tried]
      const holds: string[] = []
      for (const candidate of candidates)
        if (await isTaken(ground, username, candidate)) holds.push(candidate)
      assert.equal(holds.length, 1, `${username}: ${holds.length} of ${candidates.length} passwords hold`)
      known = holds[0] ?? known
      tried = undefined
      const sessions = await data.services.store.read
        .selectFrom('session')
        .select('token_hash')
        .where('account_id', '=', id)
        .execute()
      assert.ok(sessions.length >= signIns, `${username}: ${signIns} sign-ins, ${sessions.length} sessions`)
      const records = (await data.events('authn_login_success')).filter(({ subject }) => subject === id)
      assert.ok(records.length >= signIns, `${username}: ${signIns} sign-ins, ${records.length} records`)
      signIns = records.length
    },
  }
}

/** Signs in with one backup code after the other. A code that was taken is taken for ever. */
async function backupCodeUser(ground: Ground, username: string): Promise<Worker> {
  const { data } = ground
  const { services } = data
  const [accountId = ''] = await data.addPeople({ username })
  await services.store.write(tx =>
    addApp(services, tx, { accountId, secret: 'JBSWY3DPEHPK3PXP', step: 1 }, Date.now()),
  )
  let codes: string[] = []
  const taken: string[] = []

  const send = async (code: string) => {
    const client = await signedIn(ground.lintel, username)
    return client.post('/sign-in/backup-code', { backup: code })
  }
  return {
    name: username,
    async prepare() {
      if (codes.length > 4) return
      codes = [
        ...(await services.store.write(tx =>
          replaceBackupCodes(tx, services.keyring, accountId, Date.now()),
        )),
      ]
      taken.length = 0
    },
    async act(acknowledged) {
      const code = codes.pop()
      if (code === undefined) return
      const answer = await send(code)
      assert.equal(answer.status, 303, answer.text)
      taken.push(code)
      acknowledged()
    },
    async check() {
      const rows = await services.store.read
        .selectFrom('backup_code')
        .select('used_at')
        .where('account_id', '=', accountId)
        .where('used_at', 'is not', null)
        .execute()
      assert.ok(rows.length >= taken.length, `${username}: a code that was taken can be taken again`)
      const last = taken.at(-1)
      if (last !== undefined) assert.equal((await send(last)).status, 422, `${username}: a code worked twice`)
    },
  }
}

interface Newcomer {
  readonly id: string
  readonly username: string
  readonly token: string
  begun: boolean
  accepted: boolean
  own: 'none' | 'tried' | 'saved'
}

const ownPassword = ({ username }: Newcomer): string => `Gneiss quilt ${username} walks`

/**
 * New people who come in by a mailed link, accept the terms and choose a password. All of it holds; the link is used for
 * the first time once, leads back until there is an own password, and is dead from then on.
 */
async function newcomers(ground: Ground, prefix: string): Promise<Worker> {
  const { data } = ground
  const { store } = data.services
  let number = 0
  const waiting: Newcomer[] = []
  let came: Newcomer[] = []

  async function invite(count: number): Promise<void> {
    const names = Array.from({ length: count }, () => `${prefix}${++number}`)
    const ids = await data.addPeople(
      ...names.map(username => ({ username, temporary: true, termsOpen: true })),
    )
    for (const [index, username] of names.entries()) {
      const id = ids[index] ?? ''
      const token = await store.write(tx =>
        makeLink(tx, { kind: 'welcome', accountId: id, epoch: 1, now: Date.now(), lifetime: hour }),
      )
      waiting.push({ id, username, token, begun: false, accepted: false, own: 'none' })
    }
  }

  const firstUses = async (id: string): Promise<number> =>
    (await data.events('authn_token_revoked')).filter(
      ({ subject, args }) => subject === id && args.includes('"welcome"'),
    ).length

  async function begin({ token }: Newcomer): Promise<{ client: Client; status: number }> {
    const client = openClient(ground.lintel.origin)
    await client.get('/sign-in')
    await client.follow(await client.get(`/welcome/${token}`))
    const { status } = await client.post('/welcome', {})
    return { client, status }
  }
  return {
    name: prefix,
    prepare: () => invite(8 - waiting.length),
    async act(acknowledged) {
      const newcomer = waiting.pop()
      if (newcomer === undefined) return
      came.push(newcomer)
      const { client, status } = await begin(newcomer)
      assert.equal(status, 303)
      newcomer.begun = true
      acknowledged()
      await client.get('/terms')
      assert.equal((await client.submit({}, 'Accept')).status, 303)
      newcomer.accepted = true
      acknowledged()
      await client.get('/password/new')
      newcomer.own = 'tried'
      const own = ownPassword(newcomer)
      assert.equal((await client.submit({ password: own, confirm: own }, 'Save')).status, 303)
      newcomer.own = 'saved'
      acknowledged()
    },
    async check() {
      for (const newcomer of came) {
        const { id, username, begun, accepted, own } = newcomer
        if (accepted) assert.equal((await data.acceptances(username)).length, 1, `${username}: terms`)
        if (own === 'saved')
          assert.ok(await isTaken(ground, username, ownPassword(newcomer)), `${username}: own password`)
        if (begun && own !== 'tried')
          assert.equal((await begin(newcomer)).status, own === 'saved' ? 422 : 303, `${username}: ${own}`)
        if (begun)
          assert.equal(await firstUses(id), 1, `${username}: a link was used for the first time twice`)
      }
      came = []
    },
  }
}

/** Everything that people do at once: new passwords, backup codes, first sign-ins. */
export const everyWorker = async (ground: Ground): Promise<readonly Worker[]> => [
  await passwordChanger(ground, 'amina'),
  await passwordChanger(ground, 'maria'),
  await backupCodeUser(ground, 'pedro'),
  await newcomers(ground, 'new'),
]

/**
 * Lets all work at once until so many acts were acknowledged; then `kill` is called in that very moment. What a worker
 * meets from then on has to be `expected`.
 */
export async function workUntil(
  workers: readonly Worker[],
  acts: number,
  kill: () => Promise<unknown>,
  expected: (error: unknown) => boolean,
): Promise<void> {
  let left = acts
  let dying: Promise<unknown> | undefined
  const acknowledged = () => {
    left -= 1
    if (left <= 0) dying ??= kill()
  }
  await Promise.all(
    workers.map(async worker => {
      try {
        while (dying === undefined) await worker.act(acknowledged)
      } catch (error) {
        if (dying === undefined || !expected(error)) throw error
      }
    }),
  )
  await dying
}
