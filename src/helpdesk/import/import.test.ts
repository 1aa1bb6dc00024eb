import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { checkPeople } from '../../administration/import/check.ts'
import { readPeople } from '../../administration/import/csv.ts'
import { type ImportJob, importPeople } from '../../administration/import/make.ts'
import type { CheckedRow } from '../../administration/import/rules.ts'
import type { TrainingAsked } from '../../administration/import/store.ts'
import { cleanUp } from '../../jobs/clean-up.ts'
import { createWorkgroup } from '../../workspace/store.ts'

const header = 'First name,Last name,Email,Username,Organizations,Workgroups'

async function checked(
  desk: Desk,
  lines: readonly string[],
  reach?: readonly string[],
  training?: TrainingAsked,
): Promise<readonly CheckedRow[]> {
  const read = await readPeople(new TextEncoder().encode([header, ...lines].join('\n')))
  assert.ok(read.ok, JSON.stringify(read))
  return checkPeople(desk.store, read.rows, { reach, role: 'helpdesk', training })
}

const jobOf = (desk: Desk, rows: readonly CheckedRow[], given: Partial<ImportJob> = {}): ImportJob => ({
  rows,
  agent: { actor: desk.callers.helpdesk.id, role: 'helpdesk' },
  limits: { reach: undefined, role: 'helpdesk', training: undefined },
  sha256: 'abc',
  fileName: 'people.csv',
  checkedAt: desk.clock.now(),
  now: desk.clock.now(),
  ...given,
})

const codes = (rows: readonly CheckedRow[]) => rows.map(row => row.problems.map(({ code }) => code))

const asked = { gate: 'required', override: '', trainingMonths: 12 } as const

const people = (count: number) =>
  Array.from({ length: count }, (_, n) => `Ann,Lee,p${n}@example.org,person${n}x,Harbor House Duluth,`)

const countOf = async (desk: Desk) =>
  (await desk.store.read.selectFrom('account').select('id').execute()).length

eachEngine('an import makes every account whole, without a password, each with its record', async open => {
  const desk = await openDesk(await open())
  await desk.store.write(tx => createWorkgroup(tx, { name: 'HMIS Users', allows: '' }, 1))
  const rows = await checked(desk, [
    'Noor,Haddad,noor@example.org,nhaddad,Harbor House Duluth | lakeside night shelter,HMIS users',
    ...people(1_150),
  ])
  assert.deepEqual(codes(rows).flat(), [])
  const steps: number[] = []
  const before = (await desk.events()).length
  assert.equal(
    await importPeople(desk.services, jobOf(desk, rows, { progress: done => steps.push(done) })),
    'made',
  )
  assert.deepEqual(steps, [500, 1_000, 1_151])
  const { read } = desk.store
  const noor = await read
    .selectFrom('account')
    .selectAll()
    .where('username', '=', 'nhaddad')
    .executeTakeFirstOrThrow()
  assert.deepEqual([noor.role, noor.epoch, noor.email_key], ['user', 1, 'noor@example.org'])
  const places = await read
    .selectFrom('account_organization')
    .select(['organization_id', 'may_sign_in'])
    .where('account_id', '=', noor.id)
    .execute()
  assert.deepEqual(
    new Set(places.map(({ organization_id }) => organization_id)),
    new Set([desk.ownOrganization, desk.otherOrganization]),
  )
  const found = await (await desk.callers.helpdesk.get('/helpdesk/people?q=had+noo+duluth')).text()
  assert.match(found, /Haddad, Noor/)
  const page = await (await desk.callers.helpdesk.get(`/helpdesk/people/${noor.id}`)).text()
  assert.match(page, /There is no password yet/)
  assert.match(page, /HMIS Users/)
  const none = await read
    .selectFrom('credential')
    .select('account_id')
    .where('account_id', '=', noor.id)
    .execute()
  assert.deepEqual(none, [])
  const events = (await desk.events()).slice(before).map(({ event }) => event)
  assert.equal(events.filter(event => event === 'user_created').length, 1_151)
  assert.equal(events.filter(event => event === 'sensitive_create').length, 1)
})

eachEngine(
  'an organization is found as people read its name, whatever blanks a spreadsheet has put in',
  async open => {
    const desk = await openDesk(await open())
    const written = [
      'Harbor  House Duluth',
      'Harbor\u00a0House\u00a0Duluth',
      ' \u200bHarbor House Duluth\u200b ',
      'HARBOR HOUSE DULUTH',
    ]
    const rows = await checked(
      desk,
      written.map((name, n) => `Ann,Lee,a${n}@example.org,ann${n}lee,${name},`),
    )
    assert.deepEqual(codes(rows).flat(), [])
    for (const { organizationIds } of rows) assert.deepEqual(organizationIds, [desk.otherOrganization])
  },
)

eachEngine('what the store holds already is told row by row, and such a file makes nothing', async open => {
  const desk = await openDesk(await open())
  await desk.add({ username: 'olson', email: 'olson@example.org' })
  const rows = await checked(desk, [
    'Ann,Lee,a@example.org,olson,,',
    'Ann,Lee,b@example.org,0lson,,',
    'Ann,Lee,OLSON@example.org,fine,,',
    'Ann,Lee,c@example.org,other,Nowhere House,Nobody',
    'Ann,Lee,d@example.org,good,,',
  ])
  assert.deepEqual(codes(rows), [
    ['account.username-taken'],
    ['import.username-alike', 'account.username-confusable'],
    ['import.email-known'],
    ['import.organization-unknown', 'import.workgroup-unknown'],
    [],
  ])
  const before = await countOf(desk)
  assert.equal(await importPeople(desk.services, jobOf(desk, rows)), 'changed')
  assert.equal(await countOf(desk), before)
})

eachEngine(
  'for a limited agent other organizations and their people’s addresses do not exist',
  async open => {
    const desk = await openDesk(await open())
    const own = [desk.ownOrganization]
    const rows = await checked(
      desk,
      [
        'Ann,Lee,maria@example.org,one-a,Lakeside Night Shelter,',
        'Ann,Lee,b@example.org,two-b,Harbor House Duluth,',
        'Ann,Lee,c@example.org,three-c,,',
      ],
      own,
    )
    assert.deepEqual(codes(rows), [
      ['import.email-known'],
      ['import.organization-unknown'],
      ['account.organization-outside'],
    ])
    await desk.store.writeOne(db =>
      db
        .updateTable('account')
        .set({ email_key: 'otto@example.org' })
        .where('id', '=', desk.outside)
        .execute(),
    )
    const unseen = await checked(desk, ['Ann,Lee,otto@example.org,one-a,Lakeside Night Shelter,'], own)
    assert.deepEqual(codes(unseen), [[]])
  },
)

eachEngine('what changes between check and import stops the import as a whole', async open => {
  const desk = await openDesk(await open())
  const changes: readonly (readonly [what: string, change: () => Promise<unknown>])[] = [
    ['a username that looks alike', () => desk.add({ username: 'person-3x', email: 'x@example.org' })],
    ['the address', () => desk.add({ username: 'zoe', email: 'P4@example.org' })],
    [
      'the place',
      () =>
        desk.store.writeOne(db =>
          db
            .updateTable('organization')
            .set({ retired_at: 1 })
            .where('id', '=', desk.otherOrganization)
            .execute(),
        ),
    ],
  ]
  for (const [what, change] of changes) {
    const rows = await checked(desk, people(5))
    assert.deepEqual(codes(rows).flat(), [])
    const checkedAt = desk.clock.now()
    desk.clock.advance(3_600_000)
    await change()
    const before = await countOf(desk)
    assert.equal(await importPeople(desk.services, jobOf(desk, rows, { checkedAt })), 'changed', what)
    assert.equal(await countOf(desk), before, what)
    await desk.store.write(async ({ db }) => {
      await db.updateTable('organization').set({ retired_at: null }).execute()
      await db
        .updateTable('account')
        .set({ username_key: `gone-${what}`, email_key: '' })
        .where('email_key', 'in', ['x@example.org', 'p4@example.org'])
        .execute()
    })
  }
})

eachEngine('two imports of one file at the same moment make its accounts once', async open => {
  const desk = await openDesk(await open())
  const rows = await checked(desk, people(250))
  const before = await countOf(desk)
  const both = await Promise.all([1, 2].map(() => importPeople(desk.services, jobOf(desk, rows))))
  assert.deepEqual(both.sort(), ['changed', 'made'])
  assert.equal(await countOf(desk), before + 250)
})

eachEngine(
  'where policy asks for finished training, only who is known to have it can be imported',
  async open => {
    const desk = await openDesk(await open())
    const now = desk.clock.now()
    const candidate = (n: number, state: 'finished' | 'not-finished', finished_at: number) => ({
      moodle_user_id: n,
      first_name: 'Ann',
      last_name: 'Lee',
      email: `P${n}@example.org`,
      email_key: `p${n}@example.org`,
      state,
      finished_at,
      seen_at: now,
      due_at: now,
    })
    const year = 365 * 24 * 3_600_000
    await desk.store.writeOne(db =>
      db
        .insertInto('training_candidate')
        .values([
          candidate(0, 'finished', now - 1_000),
          candidate(1, 'not-finished', now),
          candidate(2, 'finished', now - 3 * year),
        ])
        .execute(),
    )
    const closed = ['import.training-open']
    const rows = await checked(desk, people(4), undefined, { ...asked, now })
    assert.deepEqual(codes(rows), [[], closed, closed, closed])
    assert.deepEqual(codes(await checked(desk, people(4))).flat(), [])
    const warned = await checked(desk, people(4), undefined, { ...asked, gate: 'warn', now })
    assert.deepEqual(codes(warned).flat(), [])
    assert.deepEqual(
      warned.map(({ isUntrained }) => isUntrained),
      [false, true, true, true],
    )
    const withReason = { ...asked, override: 'trained on paper', now }
    const overridden = await checked(desk, people(4), undefined, withReason)
    const limits = { reach: undefined, role: 'helpdesk', training: withReason } as const
    assert.equal(await importPeople(desk.services, jobOf(desk, overridden, { limits })), 'made')
    const reasons = (await desk.events()).filter(({ args }) => args.includes('training-override'))
    assert.equal(reasons.length, 3)
    assert.match(reasons[0]?.args ?? '', /trained on paper/)
  },
)

eachEngine(
  'training that was taken back since the check stops the import where it is asked for',
  async open => {
    const desk = await openDesk(await open())
    const now = desk.clock.now()
    const candidate = {
      moodle_user_id: 1,
      first_name: 'Ann',
      last_name: 'Lee',
      email: 'p0@example.org',
      email_key: 'p0@example.org',
      finished_at: now - 1_000,
      seen_at: now,
      due_at: now,
    }
    const { store, services } = desk
    await store.writeOne(db =>
      db
        .insertInto('training_candidate')
        .values({ ...candidate, state: 'finished' })
        .execute(),
    )
    const limits = { reach: undefined, role: 'helpdesk' as const, training: { ...asked, now } }
    const rows = await checked(desk, people(1), undefined, limits.training)
    assert.deepEqual(codes(rows), [[]])
    await store.writeOne(db => db.updateTable('training_candidate').set({ state: 'not-finished' }).execute())
    assert.equal(await importPeople(services, jobOf(desk, rows, { limits })), 'changed')
    await store.writeOne(db => db.updateTable('training_candidate').set({ state: 'finished' }).execute())
    assert.equal(await importPeople(services, jobOf(desk, rows, { limits })), 'made')
  },
)

eachEngine('whom an import left without words, because it died, is found after the clean-up', async open => {
  const desk = await openDesk(await open())
  const rows = await checked(desk, people(250))
  await importPeople(desk.services, jobOf(desk, rows))
  const { store, services, clock, callers } = desk
  const words = () =>
    store.read.selectFrom('account_word').select('word').where('word', '=', 'person7x').execute()
  await store.writeOne(db => db.deleteFrom('account_word').execute())
  await cleanUp(services, clock.now())
  assert.deepEqual(await words(), [], 'an import under way is left alone')
  clock.advance(11 * 60_000)
  await cleanUp(services, clock.now())
  assert.equal((await words()).length, 1)
  const found = await (await callers.helpdesk.get('/helpdesk/people?q=person249x')).text()
  assert.match(found, /Lee, Ann/)
})

eachEngine(
  'a row without a username gets one from the name, like no other in the file or the store',
  async open => {
    const desk = await openDesk(await open())
    await desk.add({ username: 'alee', email: 'x@example.org' })
    const rows = await checked(desk, [
      'Ann,Lee,a@example.org,,,',
      'Amy,Lee,b@example.org,,,',
      'Noor,Haddad,c@example.org,,,',
      'Nils,Haddad,d@example.org,nhaddad,,',
      'يسرى,عبد الرحمن,e@example.org,,,',
    ])
    assert.deepEqual(
      rows.map(({ username }) => username),
      ['alee3', 'alee2', 'nhaddad2', 'nhaddad', ''],
    )
    assert.deepEqual(codes(rows), [[], [], [], [], ['account.no-proposal']])
    const fine = rows.filter(({ problems }) => problems.length === 0)
    assert.equal(await importPeople(desk.services, jobOf(desk, fine)), 'made')
  },
)
