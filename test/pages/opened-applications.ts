import { plainApplication } from '../../src/applications/presets.ts'
import { everybody } from '../../src/applications/rules.ts'
import { createApplication, type NewApplication } from '../../src/applications/store.ts'
import { noteVisit } from '../../src/openid/visits.ts'
import { newId } from '../../src/store/ids.ts'
import { by, type State } from './state.ts'
import type { World } from './world.ts'

/** Somebody new, and applications that are for their organization alone. */
interface Held {
  readonly username: string
  readonly accountId: string
  readonly applicationIds: readonly string[]
}

const given: readonly Partial<NewApplication>[] = [
  { name: 'Bed board', purpose: 'Free beds tonight', launchUrl: 'https://beds.example.org/' },
  {
    name: 'Warehouse of the Continuum of Care of the whole state',
    purpose: 'Reports and matching, for people who look after the data of several agencies',
    launchUrl: 'https://warehouse.example.org/',
    tokenForm: 'jwt',
  },
  {
    name: 'Training',
    launchUrl: 'https://moodle.example.org/',
    backchannelUri: 'https://moodle.example.org/out',
  },
]

let people = 0

async function hold({ data }: World, count: number): Promise<Held> {
  const { services } = data
  const username = `opens${++people}`
  await data.addPeople({ username, organizations: [`Agency of ${username}`] })
  const accountId = await data.idOf(username)
  const { organization_id } = await services.store.read
    .selectFrom('account_organization')
    .select('organization_id')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  const allowed = { ...everybody, organizations: [organization_id] }
  const applicationIds = await services.store.write(async tx => {
    const ids: string[] = []
    for (const one of given.slice(0, count)) {
      const application = { ...plainApplication('other'), ...one, name: `${one.name} ${people}`, allowed }
      ids.push(await createApplication(tx, application, services.now()))
    }
    return ids
  })
  return { username, accountId, applicationIds }
}

/** Home with so many applications. */
export const homeWith = (count: number, name: string): State => ({
  name,
  show: async world => by((await hold(world, count)).username, name, '/').show(world),
})

/** Has the person's session open them all. */
async function openAll({ data: { services } }: World, { accountId, applicationIds }: Held): Promise<void> {
  const { id: sessionId } = await services.store.read
    .selectFrom('session')
    .select('id')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  await services.store.write(async tx => {
    for (const applicationId of applicationIds)
      await noteVisit(tx, { sessionId, applicationId, accountId }, services.now())
  })
}

/** The sign-in page, which names the applications that closed and those that may stay open. */
export const leftOpen: State = {
  name: 'signed out of applications',
  async show(world) {
    const held = await hold(world, given.length)
    const client = await world.as(held.username)
    await client.get('/')
    await openAll(world, held)
    await client.get('/')
    return { path: '/sign-in', answer: await client.follow(await client.submit({}, 'Sign Out')) }
  },
}

/** The console's page of somebody who has applications open. */
export const personWithApplications = (agent: string): State => ({
  name: 'with applications open',
  async show(world) {
    const held = await hold(world, given.length)
    await (await world.as(held.username)).get('/')
    await openAll(world, held)
    return by(agent, '', `/helpdesk/people/${held.accountId}`).show(world)
  },
})

/** The console's page of an application that does not hear of sign-outs. */
export const deafApplication = (agent: string): State => ({
  name: 'with notices that failed',
  async show(world) {
    const { accountId, applicationIds } = await hold(world, given.length)
    const { services } = world.data
    const application_id = applicationIds.at(-1) ?? ''
    const notice = {
      application_id,
      account_id: accountId,
      tries: 3,
      created_at: services.now(),
      sent_at: null,
    }
    await services.store.writeOne(db =>
      db
        .insertInto('logout_notice')
        .values([
          { ...notice, id: newId(1), session_id: 'a', next_try_at: null, last_error: 'fetch failed' },
          {
            ...notice,
            id: newId(2),
            session_id: 'b',
            next_try_at: services.now() + 3_600_000,
            last_error: 'expected 200 OK, got: 503 Service Unavailable',
          },
        ])
        .execute(),
    )
    return by(agent, '', `/helpdesk/applications/${application_id}`).show(world)
  },
})
