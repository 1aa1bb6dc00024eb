import assert from 'node:assert/strict'
import fc from 'fast-check'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { readPolicy } from '../../policy/policy.ts'
import type { Policy } from '../../policy/table.ts'
import type { Flag } from '../../store/schema.ts'
import { claimTry, counterName } from '../../throttle/store.ts'
import { createWorkgroup } from '../../workspace/store.ts'
import { changeAccess } from '../access.ts'
import type { Agent, VerbOutcome } from '../act.ts'
import { unlock } from '../credential.ts'
import { leaveOrganization } from '../leave.ts'
import { deactivate } from '../state.ts'
import { doMany, NotAllError, type Ready } from './do.ts'
import { readFacts, readSight } from './facts.ts'
import { digestOf, type ManyEntry, type ManyVerb, manyVerbs, planOf, workplacesAfter } from './rules.ts'
import { createMany, putEntry, readMany } from './store.ts'

const today = '2026-01-15'
const none = { organizationIds: [], workgroupIds: [] }

interface Ground {
  readonly desk: Desk
  readonly agent: Agent & { readonly role: 'helpdesk' | 'administrator' }
  readonly policy: Policy
}

async function select({ desk, agent }: Ground, people: readonly string[], verb: ManyVerb, entry: ManyEntry) {
  const id = await desk.store.write(async tx => {
    const made = await createMany(tx, agent.actor, people, desk.clock.now())
    await putEntry(tx, made, verb, entry)
    return made
  })
  return (await readMany(desk.store, agent.actor, id)) as Ready
}

async function preview({ desk, agent }: Ground, many: Ready) {
  const { people, verb, entry } = many
  const { store, services } = desk
  const sight = await readSight(store.read, { id: agent.actor, role: agent.role })
  const facts = await readFacts(store.read, services.keyring, people, sight)
  const list = facts.map(each => [each, planOf(verb, entry, each, sight)] as const)
  return { sight, list, seen: digestOf(many, list) }
}

const carryOut = ({ desk, agent, policy }: Ground, many: Ready, seen: string) =>
  desk.store.write(tx => doMany(desk.services, tx, many, { agent, seen, policy, now: desk.clock.now() }))

/** All that the verbs write about people, but for times, ids and the common act. */
async function written({ desk }: Ground, people: readonly string[]) {
  const { read } = desk.store
  const bare = (args: string) => JSON.parse(args, (name, value) => (name === 'many' ? undefined : value))
  const of = async (id: string) => ({
    account: await read
      .selectFrom('account')
      .select(['version', 'deactivated_at', 'deactivated_reason', 'epoch'])
      .where('id', '=', id)
      .executeTakeFirst(),
    organizations: await read
      .selectFrom('account_organization')
      .select(['organization_id', 'is_active', 'is_primary'])
      .where('account_id', '=', id)
      .orderBy('organization_id')
      .execute(),
    workgroups: await read
      .selectFrom('account_workgroup')
      .select('workgroup_id')
      .where('account_id', '=', id)
      .orderBy('workgroup_id')
      .execute(),
    mails: (await read.selectFrom('mail').select('kind').where('account_id', '=', id).execute())
      .map(({ kind }) => kind)
      .toSorted(),
    records: (await desk.events())
      .filter(({ subject }) => subject === id)
      .map(({ event, args }) => ({ event, args: bare(args) })),
  })
  return Promise.all(people.map(of))
}

eachEngine(
  'what is done to several people at once is what the single verbs do one after another',
  async open => {
    const desk = await openDesk(await open())
    const { store, services, clock, ownOrganization, otherOrganization } = desk
    const third = await store.write(tx =>
      createWorkgroup(tx, { name: 'Night desk', allows: '' }, clock.now()),
    )
    const policy = await readPolicy(store)
    let number = 0
    const person = fc.record({
      own: fc.constantFrom<Flag | undefined>(0, 1, undefined),
      other: fc.constantFrom<Flag | undefined>(0, 1, undefined),
      group: fc.boolean(),
      isOff: fc.boolean(),
      fails: fc.boolean(),
    })
    const make = async (given: {
      own?: Flag | undefined
      other?: Flag | undefined
      group: boolean
      isOff: boolean
      fails: boolean
    }) => {
      number += 1
      const id = await desk.add({
        username: `m${number}`,
        organizationIds: [],
        workgroupIds: given.group ? [third] : [],
      })
      await store.write(async ({ db }) => {
        for (const [organization_id, is_active] of [
          [ownOrganization, given.own],
          [otherOrganization, given.other],
        ] as const)
          if (is_active !== undefined)
            await db
              .insertInto('account_organization')
              .values({ account_id: id, organization_id, is_active, may_sign_in: 1, may_edit: 1 })
              .execute()
        if (given.isOff)
          await db.updateTable('account').set({ deactivated_at: 1 }).where('id', '=', id).execute()
        if (given.fails)
          await claimTry(db, counterName(services.keyring, 'password-known', `m${number}`), clock.now())
      })
      return id
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...manyVerbs),
        fc.constantFrom('scoped' as const, 'administrator' as const),
        fc.array(person, { minLength: 1, maxLength: 4 }),
        async (verb, who, people) => {
          const role = who === 'scoped' ? 'helpdesk' : 'administrator'
          const ground: Ground = { desk, agent: { actor: desk.callers[who].id, role }, policy }
          const aim = who === 'scoped' ? ownOrganization : otherOrganization
          const entry: ManyEntry = {
            reason: 'The shelter closed.',
            leaving: {
              organizationId: ownOrganization,
              lastDay: today,
              movedTo: verb === 'moved' ? { organizationId: aim, workgroupIds: [third] } : undefined,
            },
            give: { organizationIds: [aim], workgroupIds: [third] },
            take: none,
          }
          if (verb === 'moved' && who === 'scoped') return
          const [together, single] = [[] as string[], [] as string[]]
          for (const given of people) together.push(await make(given))
          for (const given of people) single.push(await make(given))
          const many = await select(ground, together, verb, entry)
          const { seen, list } = await preview(ground, many)
          const count = list.filter(([, plan]) => plan.does === 'change').length
          if (count > 0) assert.deepEqual(await carryOut(ground, many, seen), { ok: true, value: count })

          const alone = await preview(ground, { ...many, people: single })
          for (const [facts, plan] of alone.list) {
            const act = { agent: ground.agent, subjectId: facts.id, reason: entry.reason, now: clock.now() }
            const outcome = await store.write((tx): Promise<VerbOutcome<unknown>> => {
              if (verb === 'unlock') return unlock(services, tx, act)
              if (verb === 'deactivate') return deactivate(services, tx, act)
              if (verb === 'access')
                return changeAccess(
                  services,
                  tx,
                  act,
                  workplacesAfter(entry, facts, alone.sight),
                  alone.sight.reach,
                )
              return leaveOrganization(services, tx, act, entry.leaving, policy)
            })
            if (plan.does === 'change') assert.ok(outcome.ok, JSON.stringify([verb, who, facts]))
            if (plan.does === 'refused') assert.ok(!outcome.ok)
          }
          const changed = (from: typeof list, ids: readonly string[]) =>
            ids.filter(id => from.find(([facts]) => facts.id === id)?.[1].does === 'change')
          const one = await written(ground, changed(list, together))
          const other = await written(ground, changed(alone.list, single))
          const bare = (all: typeof one) =>
            all.map(({ mails, ...rest }) =>
              ['access', 'deactivate'].includes(verb) ? rest : { mails, ...rest },
            )
          assert.deepEqual(bare(one), bare(other))
        },
      ),
      { numRuns: 25 },
    )
  },
)

eachEngine('ten who send it at once do it once; who was changed meanwhile stops all of it', async open => {
  const desk = await openDesk(await open())
  const { ownOrganization, store } = desk
  const policy = await readPolicy(store)
  const ground: Ground = {
    desk,
    agent: { actor: desk.callers.administrator.id, role: 'administrator' },
    policy,
  }
  const people: string[] = []
  for (let n = 0; n < 12; n++)
    people.push(await desk.add({ username: `w${n}`, organizationIds: [ownOrganization] }))
  const entry: ManyEntry = {
    reason: 'The shelter closed.',
    leaving: { organizationId: ownOrganization, lastDay: today, movedTo: undefined },
    give: none,
    take: none,
  }
  const many = await select(ground, people, 'left', entry)
  const { seen } = await preview(ground, many)
  const [first = ''] = people
  await store.writeOne(db => db.updateTable('account').set({ version: 9 }).where('id', '=', first).execute())
  await assert.rejects(carryOut(ground, many, seen), NotAllError)
  const touched = () => desk.events().then(list => list.filter(({ args }) => args.includes(many.id)))
  assert.deepEqual(await touched(), [], 'nobody')

  const again = await preview(ground, many)
  const answers = await Promise.all(Array.from({ length: 10 }, () => carryOut(ground, many, again.seen)))
  assert.deepEqual(
    answers.map(answer => (answer.ok ? answer.value : -1)).toSorted((a, b) => a - b),
    [...[0, 0, 0, 0, 0, 0, 0, 0, 0, 12]],
  )
  const records = await touched()
  assert.equal(records.filter(({ event }) => event === 'privilege_permissions_changed').length, 12)
  assert.equal(records.filter(({ event }) => event === 'user_archived').length, 12)
  const mails = await store.read.selectFrom('mail').select('kind').execute()
  assert.equal(mails.filter(({ kind }) => kind === 'left').length, 12)
})

eachEngine('one who may not be touched at the end takes back what was done to the others', async open => {
  const desk = await openDesk(await open())
  const { store } = desk
  const policy = await readPolicy(store)
  const agent = { actor: desk.callers.administrator.id, role: 'administrator' } as const
  const ground: Ground = { desk, agent, policy }
  const admins = await store.read
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'administrator')
    .execute()
  const leaving = { organizationId: '', lastDay: today, movedTo: undefined }
  const entry: ManyEntry = { reason: 'All.', leaving, give: none, take: none }
  const many = await select(ground, [desk.inside, ...admins.map(({ id }) => id)], 'deactivate', entry)
  const { seen } = await preview(ground, many)
  await assert.rejects(carryOut(ground, many, seen), NotAllError)
  const off = await store.read
    .selectFrom('account')
    .select('id')
    .where('deactivated_at', 'is not', null)
    .execute()
  assert.deepEqual(off, [])
})
