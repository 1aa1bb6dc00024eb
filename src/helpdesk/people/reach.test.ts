/**
 * Property: nothing that an agent with a limit is told depends on what lies outside of it, save one thing: that somebody works
 * outside of it too, so that the account as a whole is not theirs to open or close.
 */

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { eachEngine, type Opened } from '../../../test/support/database/store.ts'
import { addOrganization } from '../../../test/support/people/people.ts'
import { indexWordsOfMany } from '../../account/index-words.ts'
import { createUsers } from '../../account/store.ts'
import { noWork } from '../../account/work.ts'
import { knownEmails } from '../../administration/import/store.ts'
import { findDuplicates, findMade } from '../../administration/newcomers.ts'
import type { Reach } from '../../administration/reach.ts'
import { policyTable } from '../../policy/table.ts'
import type { Flag } from '../../store/schema.ts'
import { createWorkgroup } from '../../workspace/store.ts'
import { readDayCounts } from '../front-page/activity.ts'
import { lastDays } from '../front-page/days.ts'
import { readQueues } from '../front-page/queues.ts'
import { readPlaceList } from '../organizations/store.ts'
import { readPerson } from '../person/store.ts'
import { acceptancesSource } from '../reports/exports/acceptances.ts'
import { peopleSource } from '../reports/exports/people.ts'
import { findByEmail } from '../training/store.ts'
import { everyone, readSearch } from './rules.ts'
import { countPeople, findPeople } from './store.ts'

const names = ['Amina', 'Harbor', 'Duluth', 'Lake', 'Ola'] as const
const places = ['Lakeside Shelter', 'Cedar Harbor', 'Harbor House Duluth', 'Amina Center'] as const
/** The first two are the agent's. */
const own = 2
const people = 6

/** What one account has in each organization: nothing, switched off, or in use. */
type Memberships = readonly (readonly [organization: number, active: Flag])[]

interface Setting {
  readonly opened: Opened
  readonly organizations: readonly string[]
  readonly accounts: readonly string[]
  readonly reach: Reach
}

const memberships = (from: number, to: number) =>
  fc.uniqueArray(fc.tuple(fc.integer({ min: from, max: to }), fc.constantFrom<Flag>(0, 1)), {
    selector: ([organization]) => organization,
    maxLength: 2,
  })
const inside = fc.tuple(
  fc.integer({ min: 0, max: own - 1 }).map(organization => [[organization, 1]] as Memberships),
  memberships(0, own - 1).map(list => list.slice(0, 1)),
)
const foreign = fc.record({
  /** For the first half of the accounts, who are in reach, beside what they have there. */
  elsewhere: fc.array(memberships(own, places.length - 1), { minLength: people / 2, maxLength: people / 2 }),
  /** For the others, whose memberships in the agent's organizations are switched off. */
  others: fc.array(memberships(0, places.length - 1), { minLength: people / 2, maxLength: people / 2 }),
  firstNames: fc.array(fc.constantFrom(...names), { minLength: people / 2, maxLength: people / 2 }),
  hasSignedIn: fc.boolean(),
})

async function open(opened: Opened): Promise<Setting> {
  const { store, clock } = opened
  const organizations: string[] = []
  for (const name of places) organizations.push(await addOrganization(opened, name))
  const workgroup = await store.write(tx => createWorkgroup(tx, { name: 'Users', allows: '' }, clock.now()))
  const accounts = await store.write(tx =>
    createUsers(
      tx,
      Array.from({ length: people }, (_, index) => ({
        username: `p${index}`,
        firstName: names[index % names.length] ?? '',
        lastName: 'Warsame',
        email: `p${index % 4}@lake.example`,
        organizationIds: [],
        workgroupIds: [workgroup],
      })),
      clock.now(),
    ),
  )
  return { opened, organizations, accounts, reach: organizations.slice(0, own) }
}

/** Puts accounts where they are meant to be, and writes the words by which they are found. */
async function arrange(
  { opened, organizations, accounts }: Setting,
  given: readonly Memberships[],
  firstNames: readonly string[],
): Promise<void> {
  await opened.store.write(async tx => {
    await tx.db.deleteFrom('account_organization').execute()
    for (const [index, account_id] of accounts.entries()) {
      const first_name = firstNames[index - people / 2]
      if (first_name !== undefined)
        await tx.db.updateTable('account').set({ first_name }).where('id', '=', account_id).execute()
      for (const [organization, is_active] of given[index] ?? [])
        await tx.db
          .insertInto('account_organization')
          .values({
            account_id,
            organization_id: organizations[organization] ?? '',
            is_active,
            may_sign_in: 1,
            may_edit: 1,
          })
          .execute()
    }
    await indexWordsOfMany(tx, accounts)
  })
}

/** What happens to who is outside. */
const happen = ({ opened, accounts }: Setting, hasSignedIn: boolean): Promise<unknown> =>
  opened.store.write(async tx => {
    for (const subject of accounts.slice(people / 2)) {
      await tx.db
        .updateTable('account')
        .set({ last_sign_in_at: hasSignedIn ? opened.clock.now() : null })
        .where('id', '=', subject)
        .execute()
      if (hasSignedIn)
        await opened.services.audit.record(tx, { event: 'authn_login_success', actor: subject, subject })
    }
  })

async function rowsOf(source: { readonly pages: AsyncIterable<readonly unknown[]> }) {
  const rows: unknown[] = []
  for await (const page of source.pages) rows.push(...page)
  return rows
}

/** Everything that the agent is told. */
async function told({ opened, organizations, accounts, reach }: Setting): Promise<unknown> {
  const { store, services, clock } = opened
  const now = clock.now()
  const [one = ''] = organizations
  const find = (query: Readonly<Record<string, string>>) =>
    findPeople(
      store,
      readSearch(name => query[name]),
      reach,
      [],
      now,
    )
  const entries = names.map(firstName => ({
    firstName,
    lastName: 'Warsame',
    email: 'p1@lake.example',
    username: 'p1',
  }))
  const rows = entries.map((entry, index) => ({
    ...entry,
    email: `p${index}@lake.example`,
    line: index,
    problems: [],
    organizations: [],
    workgroups: [],
    ...noWork,
  }))
  const texts = [...names, 'h', 'house', 'lake wars', 'cedar p', 'amina center', 'lakeside harbor']
  return {
    found: await Promise.all(texts.map(q => find({ q }))),
    listed: await Promise.all(
      [{}, { organization: one }, { organization: 'none' }, { role: 'user' }].map(find),
    ),
    after: await Promise.all(accounts.map(after => find({ after }))),
    count: await countPeople(store, everyone, reach, [], now),
    persons: (await Promise.all(accounts.map(id => readPerson(services, id, reach, now)))).map(
      person => person && { ...person, isWhole: undefined },
    ),
    duplicates: await Promise.all(entries.map(entry => findDuplicates(store, entry, reach))),
    made: await Promise.all(entries.map(entry => findMade(store, entry, reach))),
    known: [...(await knownEmails(store.read, rows, reach))],
    trained: await findByEmail(store, 'p2@lake.example', reach),
    queues: await readQueues(services, reach, { twoStep: 'required' }, now),
    days: await readDayCounts(store, lastDays(now, policyTable.timeZone.default, 2), reach),
    places: await readPlaceList(store, 'organization', { text: '', cursor: undefined }, reach),
    workgroups: await readPlaceList(store, 'workgroup', { text: '', cursor: undefined }, reach),
    people: await rowsOf(peopleSource(store, reach, now)),
    acceptances: await rowsOf(acceptancesSource(store, reach)),
  }
}

eachEngine('what lies outside a limit changes nothing that the agent is told', async create => {
  const setting = await open(await create())
  await fc.assert(
    fc.asyncProperty(
      fc.array(inside, { minLength: people / 2, maxLength: people / 2 }),
      foreign,
      foreign,
      async (within, one, other) => {
        const answers: unknown[] = []
        for (const { elsewhere, others, firstNames, hasSignedIn } of [one, other]) {
          const given = [
            ...within.map(([active, more], index) => [
              ...active,
              ...more.filter(([organization]) => active.every(([taken]) => taken !== organization)),
              ...(elsewhere[index] ?? []),
            ]),
            ...others.map(list => list.map(([place, active]) => [place, place < own ? 0 : active] as const)),
          ]
          await arrange(setting, given, firstNames)
          await happen(setting, hasSignedIn)
          answers.push(await told(setting))
        }
        assert.deepEqual(answers[0], answers[1])
      },
    ),
    { numRuns: 12 },
  )
})
