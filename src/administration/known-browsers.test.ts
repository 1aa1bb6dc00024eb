import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { openDesk } from '../../test/support/people/desk.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { makeLink } from '../mail/links.ts'
import { setOwnPassword, setTemporaryPassword } from '../password/store.ts'
import { defaultPolicy } from '../policy/policy.ts'
import { readLink } from '../recovery/mailed-link.ts'
import { shutAccount } from '../recovery/not-me/store.ts'
import type { Tx } from '../store/store.ts'
import { lockDown } from './credential.ts'
import { changeRole } from './role.ts'
import { endSessions } from './sessions.ts'

const hash = { encoded: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', pepperId: 'testkey1' }
const agent = { actor: 'operator:test', role: 'administrator' } as const

const generationOf = async ({ store }: Opened, id: string): Promise<number> =>
  (
    await store.read
      .selectFrom('account')
      .select('browser_generation')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).browser_generation

eachEngine('lock-down and a new password make every browser a stranger; less does not', async open => {
  const opened = await open()
  const { services, clock } = opened
  const deeds: readonly (readonly [string, number, (tx: Tx, id: string) => Promise<unknown>])[] = [
    [
      'lock-down',
      1,
      (tx, id) => lockDown(services, tx, { agent, subjectId: id, reason: '', now: clock.now() }),
    ],
    ['own password', 1, (tx, id) => setOwnPassword(tx, id, hash, defaultPolicy, clock.now())],
    ['temporary', 1, (tx, id) => setTemporaryPassword(tx, id, hash, defaultPolicy, clock.now())],
    [
      'role',
      0,
      (tx, id) =>
        changeRole(
          services,
          tx,
          { agent, subjectId: id, reason: '', now: clock.now() },
          { role: 'administrator' },
        ),
    ],
    [
      'sessions',
      0,
      (tx, id) => endSessions(services, tx, { agent, subjectId: id, reason: '', now: clock.now() }),
    ],
  ]
  for (const [username, raised, deed] of deeds) {
    const id = await addPerson(opened, { username: username.replace(' ', '-') })
    await opened.store.write(tx => deed(tx, id))
    assert.equal(await generationOf(opened, id), raised, username)
  }
})

eachEngine('who says "this was not me", or signs out everywhere, is known to no browser', async open => {
  const desk = await openDesk(await open())
  const { user, helpdesk } = desk.callers
  assert.equal((await user.post('/security/sign-out-everywhere')).status, 303)
  assert.equal(await generationOf(desk, user.id), 1)
  const given = { kind: 'not-me', accountId: helpdesk.id, epoch: 1, now: desk.clock.now() } as const
  const token = await desk.store.write(tx => makeLink(tx, { ...given, lifetime: 60_000 }))
  const link = await readLink(desk, 'not-me', token)
  assert.ok(link !== undefined)
  assert.ok(await desk.store.write(tx => shutAccount(desk.services, tx, link, desk.clock.now())))
  assert.equal(await generationOf(desk, helpdesk.id), 1)
})
