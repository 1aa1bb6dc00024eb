import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { addOrganization, addPerson } from '../../test/support/people/people.ts'
import { epochTable } from '../account/epoch-table.ts'
import { openIncident } from '../account/incidents.ts'
import { makeContact } from '../agency/contacts.ts'
import { type VerbName, verbNames } from '../helpdesk/person/verb-rules.ts'
import { defaultPolicy } from '../policy/policy.ts'
import { putQuestion } from '../recovery/store.ts'
import { done } from '../refusals.ts'
import { newId } from '../store/ids.ts'
import type { Tx } from '../store/store.ts'
import { keepIn } from '../training/store.ts'
import { newCardCodes } from '../verification/code-card/code.ts'
import { prepareCard } from '../verification/code-card/store.ts'
import { changeAccess } from './access.ts'
import { type Act, mayStill, takeSubject, type VerbOutcome } from './act.ts'
import { closeIncidents } from './close-incidents.ts'
import { giveCodeCard } from './code-card.ts'
import { issueTemporaryPassword, lockDown, resetQuestion, resetTwoStep, unlock } from './credential.ts'
import { editDetails } from './details.ts'
import { cancelLeaving, leaveOrganization } from './leave.ts'
import { limitAgent } from './limit-agent.ts'
import type { Leaving } from './planned-leaves.ts'
import { removeOneWay } from './remove-way.ts'
import { changeRole } from './role.ts'
import { endSessions } from './sessions.ts'
import { deactivate, reactivate, scheduleLeaving, suspend } from './state.ts'
import { mailWelcome } from './welcome.ts'

const hour = 3_600_000
const hash = { encoded: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', pepperId: 'testkey1' }

type Deed = (opened: Opened, tx: Tx, act: Act) => Promise<VerbOutcome<unknown>>
const details = { firstName: 'Amina', lastName: 'Hassan', email: 'amina@hope.example' }
const nobody = async () => {}

async function leavingOf({ db }: Tx, { subjectId }: Act, lastDay: string): Promise<Leaving> {
  const { organization_id: organizationId } = await db
    .selectFrom('account_organization')
    .select('organization_id')
    .where('account_id', '=', subjectId)
    .executeTakeFirstOrThrow()
  return { organizationId, lastDay, movedTo: undefined }
}

/** Each change of the table, made to an agent of the helpdesk who has everything that it may take away. */
const deeds: Readonly<Record<keyof typeof epochTable, Deed>> = {
  'temporary password': ({ services }, tx, act) =>
    issueTemporaryPassword(services, tx, act, hash, defaultPolicy),
  '2-step reset': ({ services }, tx, act) => resetTwoStep(services, tx, act),
  'question reset': ({ services }, tx, act) => resetQuestion(services, tx, act),
  'lock down': ({ services }, tx, act) => lockDown(services, tx, act),
  deactivate: ({ services }, tx, act) => deactivate(services, tx, act),
  'email changed': ({ services }, tx, act) =>
    editDetails(services, tx, act, { ...details, email: 'new@hope.example' }, nobody),
  role: ({ services }, tx, act) => changeRole(services, tx, act, { role: 'user' }),
  limit: ({ services }, tx, act) => limitAgent(services, tx, act, []),
  contact: ({ services }, tx, act) => makeContact(services, tx, act, []),
  name: ({ services }, tx, act) => editDetails(services, tx, act, { ...details, lastName: 'Ali' }, nobody),
  'organizations and workgroups': ({ services }, tx, act) =>
    changeAccess(services, tx, act, { organizationIds: [], workgroupIds: [], flags: new Map() }, undefined),
  'organization left': async ({ services }, tx, act) =>
    leaveOrganization(services, tx, act, await leavingOf(tx, act, '2026-01-10'), defaultPolicy),
  'leaving an organization canceled': async ({ services }, tx, act) => {
    await leaveOrganization(services, tx, act, await leavingOf(tx, act, '2026-03-01'), defaultPolicy)
    return cancelLeaving(services, tx, act, defaultPolicy)
  },
  'end sessions': ({ services }, tx, act) => endSessions(services, tx, act),
  suspend: ({ services }, tx, act) => suspend(services, tx, act, act.now + hour),
  leaving: ({ services }, tx, act) => scheduleLeaving(services, tx, act, act.now + hour),
  reactivate: async ({ services }, tx, act) => {
    await tx.db.updateTable('account').set({ dormant_since: 1 }).where('id', '=', act.subjectId).execute()
    return reactivate(services, tx, act)
  },
  unlock: ({ services }, tx, act) => unlock(services, tx, act),
  'mailed link': ({ services }, tx, act) => mailWelcome(services, tx, act, { hash, policy: defaultPolicy }),
  'a way removed': async ({ services }, tx, act) => {
    const second = { id: newId(act.now), account_id: act.subjectId, secret_sealed: '', last_step: 0 }
    await tx.db
      .insertInto('authenticator')
      .values({ ...second, added_at: 2, last_used_at: 2 })
      .execute()
    return removeOneWay(services, tx, act, act.subjectId)
  },
  'code card': async ({ services }, tx, act) =>
    giveCodeCard(services, tx, act, await prepareCard(services.keyring, act.subjectId, newCardCodes())),
  'incident closed': async ({ services }, tx, act) => {
    await openIncident(tx, act.subjectId, 'agent-limit', act.now)
    return closeIncidents(services, tx, act)
  },
  training: async ({ services }, tx, { subjectId, now }) => {
    const finding = {
      known: { kind: 'finished', at: now },
      moodleUserId: undefined,
      fault: undefined,
    } as const
    const asked = { actor: 'operator:test', months: 12, now, jitter: 0 }
    return done(await keepIn(services, tx, subjectId, finding, asked))
  },
}

/** Which change of the table each verb of the desk makes. */
const ofVerb: Readonly<Record<VerbName, keyof typeof epochTable>> = {
  'close-incident': 'incident closed',
  'temporary-password': 'temporary password',
  'mail-link': 'mailed link',
  unlock: 'unlock',
  'reset-two-step': '2-step reset',
  'code-card': 'code card',
  'remove-way': 'a way removed',
  'reset-question': 'question reset',
  'end-sessions': 'end sessions',
  'lock-down': 'lock down',
  deactivate: 'deactivate',
  reactivate: 'reactivate',
  suspend: 'suspend',
  'schedule-leaving': 'leaving',
  details: 'email changed',
  access: 'organizations and workgroups',
  left: 'organization left',
  moved: 'organization left',
  stays: 'leaving an organization canceled',
  contact: 'contact',
  role: 'role',
  scope: 'limit',
}

test('every verb of the desk says whether it ends what is signed in', () => {
  assert.deepEqual(Object.keys(ofVerb).toSorted(), verbNames.toSorted())
  const listed = new Set<string>([...Object.values(ofVerb), 'name', 'training'])
  assert.deepEqual(listed, new Set(Object.keys(epochTable)))
})

async function addAgent(opened: Opened): Promise<string> {
  const { store, clock } = opened
  const home = await addOrganization(opened, 'Harbor House')
  const id = await addPerson(opened, { ...details, role: 'helpdesk', organizationIds: [home] })
  await store.write(async tx => {
    await putQuestion(tx, id, 'Which lake?', hash, clock.now())
    await tx.db
      .insertInto('authenticator')
      .values({ id, account_id: id, secret_sealed: '', last_step: 0, added_at: 1, last_used_at: 1 })
      .execute()
    await tx.db.insertInto('helpdesk_scope').values({ account_id: id, organization_id: home }).execute()
  })
  return id
}

for (const [name, deed] of Object.entries(deeds) as [keyof typeof epochTable, Deed][]) {
  const raises = epochTable[name] === 'raises'
  eachEngine(
    `${name}: ${raises ? 'everything older dies' : 'what is signed in stays as it is'}`,
    async open => {
      const opened = await open()
      const subjectId = await addAgent(opened)
      const agent = { actor: 'operator:test', role: 'administrator' } as const
      const act = { agent, subjectId, reason: 'asked', now: opened.clock.now() }
      const outcome = await opened.store.write(tx => deed(opened, tx, act))
      assert.ok(outcome.ok, JSON.stringify(outcome))
      const account = await opened.store.read
        .selectFrom('account')
        .select('epoch')
        .where('id', '=', subjectId)
        .executeTakeFirstOrThrow()
      assert.equal(account.epoch, raises ? 2 : 1)
    },
  )
}

eachEngine('an agent whose account, role or limit changed meanwhile does nothing more', async open => {
  const opened = await open()
  const { store, clock } = opened
  const subjectId = await addPerson(opened, { username: 'subject' })
  const far = await addOrganization(opened, 'Far away')
  const changes: Readonly<Record<string, (tx: Tx, id: string) => Promise<unknown>>> = {
    deactivated: ({ db }, id) =>
      db.updateTable('account').set({ deactivated_at: 1 }).where('id', '=', id).execute(),
    'locked down': ({ db }, id) =>
      db.updateTable('account').set({ password_blocked_at: 1 }).where('id', '=', id).execute(),
    'another role': ({ db }, id) =>
      db.updateTable('account').set({ role: 'user' }).where('id', '=', id).execute(),
    limited: ({ db }, id) =>
      db.insertInto('helpdesk_scope').values({ account_id: id, organization_id: far }).execute(),
  }
  for (const [name, change] of Object.entries(changes)) {
    const actor = await addPerson(opened, { username: name.replace(' ', '-'), role: 'helpdesk' })
    const agent = { actor, role: 'helpdesk' } as const
    const act = { agent, subjectId, reason: '', now: clock.now() }
    const attempt = () => store.write(tx => takeSubject(tx, act))
    assert.equal((await attempt()).ok, true)
    await store.write(tx => change(tx, actor))
    const refused = await attempt()
    assert.deepEqual(refused.ok ? [] : refused.refusals.map(({ code }) => code), ['account.not-yours'], name)
    if (name !== 'limited') assert.equal(await store.write(tx => mayStill(tx, agent, clock.now())), false)
  }
})
