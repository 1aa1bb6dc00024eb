import assert from 'node:assert/strict'
import type { Notify } from '../../../src/mail/notices.ts'
import { readPolicy } from '../../../src/policy/policy.ts'
import { createVisitorReader } from '../../../src/session/current.ts'
import { openSession, startPending } from '../../../src/session/sign-ins.ts'
import type { Visit } from '../../../src/session/visit.ts'
import type { Pending, Session } from '../../../src/session/visitor.ts'
import type { Opened } from '../database/store.ts'
import { addPerson, addPolicy } from './people.ts'

/** What these functions use of a request. */
const visitAt = ({ clock }: Opened) =>
  ({ now: clock.now(), address: '192.0.2.1', userAgent: 'A browser', requestId: 'r1' }) as Visit

/** A store with a policy and one person who may sign in. */
export async function freshPerson(open: () => Promise<Opened>, policy: object = {}) {
  const opened = await open()
  await addPolicy(opened, policy)
  const id = await addPerson(opened)
  const { read } = createVisitorReader(opened.store)
  return { ...opened, id, read: (cookie: string | undefined) => read(cookie, opened.clock.now()) }
}
export type Fresh = Awaited<ReturnType<typeof freshPerson>>

const proofs = { password: 1 }

export const start = (opened: Fresh, epoch = 1) =>
  opened.store.write(tx =>
    startPending(
      tx,
      { accountId: opened.id, epoch, proofs, failuresBefore: 0, returnTo: '/there' },
      visitAt(opened),
    ),
  )

export async function asPending(opened: Fresh, cookie: string): Promise<Pending> {
  const visitor = await opened.read(cookie)
  return visitor.kind === 'pending' ? visitor : assert.fail(`is a ${visitor.kind}`)
}
export async function asSession(opened: Fresh, cookie: string): Promise<Session> {
  const visitor = await opened.read(cookie)
  return visitor.kind === 'session' ? visitor : assert.fail(`is a ${visitor.kind}`)
}

/** Opens the session of a pending sign-in, as the door does. */
export async function enter(
  opened: Fresh,
  pending: Pending,
  { notify = async () => {}, browserKnown = true }: { notify?: Notify; browserKnown?: boolean } = {},
): Promise<string | undefined> {
  const policy = await readPolicy(opened.store)
  return opened.store.write(tx =>
    openSession(
      { ...opened.services, notify },
      tx,
      {
        accountId: pending.person.id,
        epoch: pending.person.epoch,
        failuresBefore: pending.failuresBefore,
        returnTo: pending.returnTo,
        proofs: pending.proofs,
        pending,
        csrfSecret: pending.csrfSecret,
        organization: pending.organization,
        workgroup: pending.workgroup,
        previousSignInAt: pending.row.last_sign_in_at,
        browserKnown,
      },
      policy,
      visitAt(opened),
    ),
  )
}
export async function signIn(opened: Fresh): Promise<string> {
  return (await enter(opened, await asPending(opened, await start(opened)))) ?? assert.fail('no session')
}
