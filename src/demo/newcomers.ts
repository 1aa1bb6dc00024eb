import { createUsers } from '../account/store.ts'
import { createdThen } from '../audit/access-then.ts'
import type { Tx } from '../store/store.ts'
import type { PastRecord } from './past.ts'
import type { Group, Place } from './places.ts'

const shelter: Place = 'Lakeside Night Shelter'
const outreach: Place = 'North Star Street Outreach'
const staff: Group = 'Emergency Shelter Staff'
const users: Group = 'HMIS Users'

/** People imported a while ago who have no password yet: for the sign-in sheets. */
const newcomers: readonly (readonly [first: string, last: string, username: string, Place, Group])[] = [
  ['Abdi', 'Farah', 'afarah', shelter, staff],
  ['Beatriz', 'Quiroga', 'bquiroga', shelter, staff],
  ['Chue', 'Xiong', 'cxiong', outreach, users],
  ['Delphine', 'Okafor', 'dokafor', outreach, users],
  ['Elsa', 'Niemi', 'eniemi', shelter, users],
]

/** Makes them as an import does. `places` are ids of organizations and workgroups by name. @returns their records. */
export async function addNewcomers(
  tx: Tx,
  places: ReadonlyMap<string, string>,
  now: number,
): Promise<readonly PastRecord[]> {
  const idsOf = (name: string) => [places.get(name)].filter(id => id !== undefined)
  const people = newcomers.map(([firstName, lastName, username, organization, workgroup]) => ({
    firstName,
    lastName,
    username,
    email: `${username}@demo.example`,
    organizationIds: idsOf(organization),
    workgroupIds: idsOf(workgroup),
  }))
  const ids = await createUsers(tx, people, now)
  const facts = await createdThen(tx, ids)
  return ids.map(subject => ({
    at: now,
    event: { event: 'user_created', actor: 'system', subject, args: facts(subject) },
  }))
}
