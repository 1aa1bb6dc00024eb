import assert from 'node:assert/strict'
import fc from 'fast-check'
import { eachEngine } from '../../../test/support/database/store.ts'
import { openDesk } from '../../../test/support/people/desk.ts'
import { addPerson } from '../../../test/support/people/people.ts'
import { createOrganization, createWorkgroup } from '../../workspace/store.ts'
import { type BoardRow, boardAsCsv, readBoard } from './board-store.ts'

const day = 24 * 3_600_000
const [places, people] = [3, 5]

const some = <Value>(value: fc.Arbitrary<Value>, length: number) =>
  fc.array(value, { minLength: length, maxLength: length })
/** For each person: deactivated, leaving so many days from now, last sign-in so many days ago, and where they belong. */
const everyone = some(
  fc.record({
    isDeactivated: fc.boolean(),
    leavesIn: fc.option(fc.integer({ min: -2, max: 2 })),
    signedInAgo: fc.option(fc.integer({ min: 360, max: 370 })),
    belongs: some(fc.constantFrom('none', 'off', 'on'), places),
    works: some(fc.boolean(), places),
  }),
  people,
)

eachEngine('the counts for the board are those of the tables', async open => {
  const opened = await open()
  const { store } = opened
  const now = opened.clock.now()
  const [organizations, workgroups] = await store.write(async tx => {
    const made: [string[], string[]] = [[], []]
    for (let n = 0; n < places; n++) {
      made[0].push(await createOrganization(tx, { name: `Agency ${n}`, allows: '' }, now))
      made[1].push(await createWorkgroup(tx, { name: `Group ${n}`, allows: '' }, now))
    }
    return made
  })
  const accounts: string[] = []
  for (let n = 0; n < people; n++)
    accounts.push(await addPerson(opened, { username: `p${n}`, email: `p${n}@example.org` }))
  await fc.assert(
    fc.asyncProperty(everyone, async given => {
      const rows = given.map((one, n) => ({
        ...one,
        id: accounts[n] ?? '',
        leavingAt: one.leavesIn === null ? null : now + one.leavesIn * day,
        signedInAt: one.signedInAgo === null ? null : now - one.signedInAgo * day,
      }))
      await store.write(async ({ db }) => {
        await db.deleteFrom('account_organization').execute()
        await db.deleteFrom('account_workgroup').execute()
        for (const { id, isDeactivated, leavingAt, signedInAt, belongs, works } of rows) {
          await db
            .updateTable('account')
            .set({
              ...{ deactivated_at: isDeactivated ? now : null, leaving_at: leavingAt },
              last_sign_in_at: signedInAt,
            })
            .where('id', '=', id)
            .execute()
          for (const [n, organization_id] of organizations.entries())
            if (belongs[n] !== 'none')
              await db
                .insertInto('account_organization')
                .values({
                  ...{ account_id: id, organization_id, may_sign_in: 1, may_edit: 1 },
                  ...{ is_active: belongs[n] === 'on' ? 1 : 0, last_sign_in_at: signedInAt },
                })
                .execute()
          for (const [n, workgroup_id] of workgroups.entries())
            if (works[n])
              await db.insertInto('account_workgroup').values({ account_id: id, workgroup_id }).execute()
        }
      })
      const used = rows.filter(
        ({ isDeactivated, leavingAt }) => !isDeactivated && (leavingAt === null || leavingAt > now),
      )
      const counts = (list: typeof rows) => [
        list.length,
        list.filter(({ signedInAt }) => signedInAt !== null && signedInAt >= now - 365 * day).length,
      ]
      const board = await readBoard(store, now)
      const shown = ({ people: all, signedIn }: Pick<BoardRow, 'people' | 'signedIn'>) => [all, signedIn]
      assert.deepEqual(shown(board), counts(used))
      assert.deepEqual(board.rows.map(shown), [
        ...organizations.map((_, n) => counts(used.filter(({ belongs }) => belongs[n] === 'on'))),
        ...workgroups.map((_, n) => counts(used.filter(({ works }) => works[n]))),
      ])
    }),
    { numRuns: 25 },
  )
})

eachEngine('the board and its file hold counts and no person, and are not for who is limited', async open => {
  const desk = await openDesk(await open())
  const { helpdesk, scoped } = desk.callers
  await desk.store.writeOne(db =>
    db.updateTable('organization').set({ licenses: 5 }).where('id', '=', desk.ownOrganization).execute(),
  )
  const page = await (await helpdesk.get('/helpdesk/reports/board')).text()
  assert.match(page, /Lakeside Night Shelter/)
  const board = await readBoard(desk.store, desk.clock.now())
  const file = await helpdesk.get('/helpdesk/reports/board/export')
  assert.equal(await file.text(), boardAsCsv(board))
  const own = board.rows.find(({ licenses }) => licenses === 5)
  assert.match(
    boardAsCsv(board),
    new RegExp(`Lakeside Night Shelter,${own?.people},\\d+,5,${5 - (own?.people ?? 0)},`),
  )
  const read = (await desk.events()).find(
    ({ event, args }) => event === 'sensitive_read' && /board/.test(args),
  )
  assert.deepEqual(JSON.parse(read?.args ?? '{}'), { what: 'board', form: 'csv', rows: board.rows.length })
  for (const end of ['', '/export'])
    assert.equal((await scoped.get(`/helpdesk/reports/board${end}`)).status, 403)
})
