import assert from 'node:assert/strict'
import fc from 'fast-check'
import { accessByLog, accessByTables } from '../../../test/support/database/access.ts'
import { eachEngine, type Opened } from '../../../test/support/database/store.ts'
import { addPerson, addPolicy } from '../../../test/support/people/people.ts'
import { makeContact } from '../../agency/contacts.ts'
import { recordBaseline } from '../../audit/baseline.ts'
import { createPlace, editPlace, retirePlace } from '../../helpdesk/organizations/change.ts'
import { runLifecycle } from '../../jobs/lifecycle.ts'
import type { Tx } from '../../store/store.ts'
import { keepFinding } from '../../training/store.ts'
import { changeAccess } from '../access.ts'
import type { Act } from '../act.ts'
import { createPerson } from '../create.ts'
import { editDetails } from '../details.ts'
import { limitAgent } from '../limit-agent.ts'
import { changeRole } from '../role.ts'
import { deactivate, reactivate, scheduleLeaving, suspend } from '../state.ts'

const hour = 3_600_000
const day = 24 * hour
const agent = { actor: 'operator:test', role: 'administrator' } as const
const kinds = ['organization', 'workgroup'] as const

/** One thing that happens: which of the kinds below, to whom, with which choices, so many hours after the one before. */
const step = fc.record({
  verb: fc.nat(11),
  who: fc.nat(5),
  bits: fc.nat(63),
  hours: fc.integer({ min: 1, max: 15 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function happen(opened: Opened, { verb, who, bits }: Step, count: number): Promise<void> {
  const { store, services, clock } = opened
  const now = clock.now()
  const ids = async (kind: 'organization' | 'workgroup', tx: Tx) =>
    (await tx.db.selectFrom(kind).select('id').where('retired_at', 'is', null).orderBy('id').execute())
      .filter((_, index) => (bits >> index) % 2 === 1)
      .map(({ id }) => id)
  const kind = kinds[bits % 2] ?? 'organization'
  const entry = { name: `Place ${count}`, allows: '', key: '' }
  await store.write(async tx => {
    const people = await tx.db.selectFrom('account').select('id').orderBy('id').execute()
    const places = await tx.db
      .selectFrom(kind)
      .select(['id', 'version', 'retired_at'])
      .orderBy('id')
      .execute()
    const [subject, place] = [people[who % people.length], places[who % places.length]]
    const act: Act = { agent, subjectId: subject?.id ?? '', reason: '', now }
    const placeAct = { agent, kind, id: place?.id ?? '', seenVersion: place?.version ?? 0, now }
    const [organizationIds, workgroupIds] = [await ids('organization', tx), await ids('workgroup', tx)]
    const flag = (bit: number) => ((bits >> bit) % 2 === 1 ? 1 : 0)
    const flags = { is_active: flag(1), may_sign_in: flag(2), may_edit: flag(3) } as const
    const person = { username: `user${count}`, firstName: 'Amina', lastName: 'Lee', email: 'a@example.org' }
    if (verb === 0)
      await createPerson(
        services,
        tx,
        { agent, reason: '', now },
        {
          ...person,
          ...{ role: 'user', organizationIds, workgroupIds },
        },
      )
    if (verb === 1)
      await changeAccess(
        services,
        tx,
        act,
        {
          ...{ organizationIds, workgroupIds, flags: new Map(organizationIds.map(id => [id, flags])) },
        },
        undefined,
      )
    if (verb === 2) await changeRole(services, tx, act, { role: bits % 2 === 0 ? 'user' : 'administrator' })
    if (verb === 3) await changeRole(services, tx, act, { role: 'helpdesk', limit: organizationIds })
    if (verb === 4) await limitAgent(services, tx, act, organizationIds)
    if (verb === 5) await suspend(services, tx, act, now + bits * hour)
    if (verb === 6) await scheduleLeaving(services, tx, act, bits % 5 === 0 ? null : now + bits * hour)
    if (verb === 7) await (bits % 2 === 0 ? deactivate : reactivate)(services, tx, act)
    if (verb === 8) await createPlace(services, tx, { agent, kind, now }, entry)
    if (verb === 9 && bits % 3 === 0) await editPlace(services, tx, placeAct, entry)
    if (verb === 9 && bits % 3 !== 0) await retirePlace(services, tx, placeAct, place?.retired_at === null)
    if (verb === 10)
      await editDetails(services, tx, act, { ...person, firstName: `Amina ${count}` }, async () => {})
    if (verb === 11) {
      const theirs = await tx.db
        .selectFrom('account_organization')
        .select('organization_id')
        .where('account_id', '=', act.subjectId)
        .where('is_active', '=', 1)
        .execute()
      const own = organizationIds.filter(id => theirs.some(row => row.organization_id === id))
      await makeContact(services, tx, act, own)
    }
  })
  if (verb === 10 && bits % 2 === 1) {
    const someone = await store.read
      .selectFrom('account')
      .select('id')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const known = { kind: 'finished', at: bits % 4 === 1 ? now - 400 * day : now } as const
    const asked = { actor: 'system', months: 12, now, jitter: 0 }
    await keepFinding(services, someone.id, { known, moodleUserId: undefined, fault: undefined }, asked)
  }
}

eachEngine('who had access by the log is who had it by the tables, at the end of every day', async open => {
  const opened = await open()
  await addPolicy(opened)
  await addPerson(opened, { username: 'first', role: 'administrator' })
  await recordBaseline(opened.store, opened.services.audit)
  const began = opened.clock.now()
  let count = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }), async steps => {
      const days: { readonly before: number; readonly lines: readonly string[] }[] = []
      for (const each of steps) {
        for (let left = each.hours; left > 0; left--) {
          opened.clock.advance(hour)
          const at = opened.clock.now()
          if (at % day === 0) days.push({ before: at, lines: await accessByTables(opened.store, at - 1) })
        }
        opened.clock.advance(1)
        count += 1
        await happen(opened, each, count)
        if (each.bits % 3 === 0) await runLifecycle(opened.services, opened.clock.now())
        opened.clock.advance(hour - 1)
      }
      for (const { before, lines } of days) assert.deepEqual(await accessByLog(opened.store, before), lines)
    }),
    { numRuns: 4 },
  )
  assert.deepEqual(await accessByLog(opened.store, began), ['not recorded'])
})
