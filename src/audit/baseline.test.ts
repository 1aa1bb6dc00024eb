import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addOrganization, addPerson } from '../../test/support/people/people.ts'
import { createAudit } from './audit.ts'
import { recordBaseline } from './baseline.ts'
import { verifyAudit } from './verify.ts'

eachEngine(
  'who has access is written down once, by one of several processes, in one whole log',
  async open => {
    const opened = await open()
    const { store, services, clock } = opened
    const shelter = await addOrganization(opened, 'Lakeside Night Shelter')
    const id = await addPerson(opened, { organizationIds: [shelter] })
    await Promise.all([1, 2, 3].map(() => recordBaseline(store, createAudit(services.keyring, clock.now))))
    const rows = await store.read
      .selectFrom('audit_record')
      .select(['subject', 'args'])
      .where('event', '=', 'access_baseline')
      .execute()
    const argsOf = (subject: string | null) =>
      rows.filter(row => row.subject === subject).map(({ args }) => JSON.parse(args) as object)
    assert.equal(rows.length, 3)
    assert.deepEqual(argsOf(null), [{ of: 'everything', accounts: 1 }])
    assert.deepEqual(argsOf(shelter), [
      { of: 'organization', name: 'Lakeside Night Shelter', retiredAt: null },
    ])
    assert.deepEqual(argsOf(id), [
      {
        ...{ of: 'account', username: 'mlee', firstName: 'Maria', lastName: 'Lee', role: 'user' },
        organizations: [{ id: shelter, name: 'Lakeside Night Shelter', active: 1, signIn: 1, edit: 1 }],
        workgroups: [],
        ...{ deactivatedAt: null, suspendedUntil: null, leavingAt: null, dormantSince: null },
        ...{ lockedAt: null, trainingLapsed: false },
      },
    ])
    assert.ok((await verifyAudit(store, services.keyring)).whole)
  },
)
