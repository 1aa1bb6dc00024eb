import assert from 'node:assert/strict'
import fc from 'fast-check'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { colleagues } from '../agency/people.ts'
import { createOrganization } from '../workspace/store.ts'
import { idsInReach, inReach } from './reach.ts'

const places = 4
const people = 6
/** For each person and organization: no membership, one that is switched off, one that counts. */
const memberships = fc.array(
  fc.array(fc.constantFrom('none', 'off', 'on'), { minLength: places, maxLength: places }),
  { minLength: people, maxLength: people },
)
const flags = (length: number) => fc.array(fc.boolean(), { minLength: length, maxLength: length })

eachEngine(
  'whoever is limited, and every contact, knows the people of their organizations but for those whom another one shelters',
  async open => {
    const opened = await open()
    const { store } = opened
    const now = opened.clock.now()
    const organizations = await store.write(async tx => {
      const ids: string[] = []
      for (let n = 0; n < places; n++)
        ids.push(await createOrganization(tx, { name: `Agency ${n}`, allows: '' }, now))
      return ids
    })
    const accounts: string[] = []
    for (let n = 0; n < people; n++)
      accounts.push(await addPerson(opened, { username: `p${n}`, email: `p${n}@example.org` }))
    await fc.assert(
      fc.asyncProperty(memberships, flags(places), flags(places), async (held, shelters, limits) => {
        await store.write(async ({ db }) => {
          await db.deleteFrom('account_organization').execute()
          const rows = held.flatMap((kinds, person) =>
            kinds.flatMap((kind, place) =>
              kind === 'none'
                ? []
                : [
                    {
                      account_id: accounts[person] ?? '',
                      organization_id: organizations[place] ?? '',
                      is_active: kind === 'on' ? (1 as const) : (0 as const),
                      may_sign_in: 1 as const,
                      may_edit: 1 as const,
                    },
                  ],
            ),
          )
          if (rows.length > 0) await db.insertInto('account_organization').values(rows).execute()
          for (const [place, id] of organizations.entries())
            await db
              .updateTable('organization')
              .set({ is_victim_service: shelters[place] ? 1 : 0 })
              .where('id', '=', id)
              .execute()
        })
        const meant = (isMine: (place: number) => boolean) =>
          accounts
            .filter((_, person) => {
              const on = (held[person] ?? []).flatMap((kind, place) => (kind === 'on' ? [place] : []))
              return on.some(isMine) && on.every(place => isMine(place) || shelters[place] !== true)
            })
            .toSorted()
        const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).toSorted()
        const reach = organizations.filter((_, place) => limits[place])
        if (reach.length > 0) {
          const limited = meant(place => limits[place] === true)
          const select = store.read.selectFrom('account').select('account.id as id')
          assert.deepEqual(idsOf(await select.where(inReach(reach)).execute()), limited)
          assert.deepEqual(
            idsOf(await select.where('account.id', 'in', idsInReach(reach)).execute()),
            limited,
          )
        }
        for (const [place, id] of organizations.entries())
          assert.deepEqual(
            idsOf(await colleagues(store.read, id, now).select('account.id as id').execute()),
            meant(one => one === place),
          )
      }),
      { numRuns: 40 },
    )
  },
)
