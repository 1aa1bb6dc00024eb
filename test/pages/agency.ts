import { after, by, type Pages, type State } from './state.ts'
import type { World } from './world.ts'

const contact = 'ulla'
const shelter = 'Lakeside Night Shelter'

const organization = async ({ data }: World): Promise<string> =>
  (
    await data.services.store.read
      .selectFrom('organization')
      .select('id')
      .where('name', '=', shelter)
      .executeTakeFirstOrThrow()
  ).id

const desk =
  (end = '') =>
  async (world: World): Promise<string> =>
    `/agency/${await organization(world)}${end}`

const person = (end: string) => async (world: World) =>
  `/agency/${await organization(world)}/people/${await world.idOf('amina')}/${end}`

/** The address of the demo's request in this state. */
const request =
  (state: 'asked' | 'more-needed', base: 'agency' | 'helpdesk', end = '') =>
  async (world: World): Promise<string> => {
    const { id } = await world.data.services.store.read
      .selectFrom('agency_request')
      .select('id')
      .where('state', '=', state)
      .executeTakeFirstOrThrow()
    return base === 'agency'
      ? `/agency/${await organization(world)}/requests/${id}`
      : `/helpdesk/requests/${id}${end}`
  }

const review = async ({ data }: World): Promise<string> =>
  (await data.services.store.read.selectFrom('access_review').select('id').executeTakeFirstOrThrow()).id

const ownReview = async (world: World) =>
  `/agency/${await organization(world)}/reviews/${await review(world)}`

const renewal = async ({ data }: World): Promise<string> => {
  const { read } = data.services.store
  const { id } = await read.selectFrom('renewal').select('id').executeTakeFirstOrThrow()
  return `/helpdesk/renewals/${id}`
}

/** The page of a leaver who was reported just now. */
const report = async (world: World): Promise<string> => {
  const { store, now } = world.data.services
  const id = '01a21eec-dc88-7209-b7ed-000000000001'
  const at = await organization(world)
  const [account_id, reported_by] = [await world.idOf('rosa'), await world.idOf('vicente')]
  const given = { id, organization_id: at, account_id, reported_by, reported_at: now() }
  await store.writeOne(db =>
    db
      .insertInto('leaver_report')
      .values({ ...given, last_day: '2027-01-31', due_at: now() + 1e9 })
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
  return `/agency/${at}/leavers/${id}`
}

/** The contact of two organizations, who first says for which of them she works now. */
const start: State = {
  name: 'two organizations',
  async show(world) {
    const client = await world.as(contact)
    await client.get('/settings/choose')
    await client.follow(
      await client.submit({ organization: await organization(world) }, 'Use These Settings'),
    )
    return by(contact, '', '/agency').show(world)
  },
}

/** Every page of the agency's desk. */
export const agencyPages: Pages = {
  '/agency': [start],
  '/agency/:id': [
    by(contact, 'its people', desk()),
    by(contact, 'nobody found', desk('?q=zzzz')),
    by('vicente', 'with a reported leaver', async world => {
      await report(world)
      return desk()(world)
    }),
  ],
  '/agency/:id/people/:person/leaver': [
    by(contact, 'to be confirmed', person('leaver')),
    after(contact, 'refused', person('leaver'), { lastDay: 'soon' }),
  ],
  '/agency/:id/people/:person/change': [
    by(contact, 'as it is', person('change')),
    after(contact, 'refused', person('change'), { note: '' }),
  ],
  '/agency/:id/leavers/:report': [by(contact, 'to be confirmed', report)],
  '/agency/:id/requests': [by(contact, 'list', desk('/requests'))],
  '/agency/:id/requests/new': [
    by(contact, 'empty', desk('/requests/new')),
    after(contact, 'refused', desk('/requests/new'), { firstName: '' }),
  ],
  '/agency/:id/requests/:request': [
    by(contact, 'asked', request('asked', 'agency')),
    by(contact, 'more needed', request('more-needed', 'agency')),
  ],
  '/agency/:id/reviews': [by(contact, 'list', desk('/reviews'))],
  '/agency/:id/reviews/:review': [
    by(contact, 'begun', ownReview),
    after(contact, 'saved', ownReview, {}, 'Confirm'),
  ],
}

const agent = 'jamal'

/** The pages of the console that look at what agencies do. */
export const agencyConsolePages: Pages = {
  '/helpdesk/requests': [by(agent, 'list', '/helpdesk/requests')],
  '/helpdesk/requests/:id': [
    by(agent, 'asked', request('asked', 'helpdesk')),
    after(agent, 'refused', request('asked', 'helpdesk'), { answer: '' }, 'Decline'),
    by(agent, 'waits for the contact', request('more-needed', 'helpdesk')),
  ],
  '/helpdesk/requests/:id/accept': [
    by(agent, 'once the password is given', request('asked', 'helpdesk', '/accept')),
  ],
  '/agency/:id/renewals': [by(contact, 'list', desk('/renewals'))],
  '/helpdesk/renewals': [by(agent, 'list', '/helpdesk/renewals')],
  '/helpdesk/renewals/new': [
    by(agent, 'empty', '/helpdesk/renewals/new'),
    after(agent, 'refused', '/helpdesk/renewals/new', { name: '' }),
  ],
  '/helpdesk/renewals/:id': [by(agent, 'running', renewal)],
  '/helpdesk/reviews': [by(agent, 'list', '/helpdesk/reviews')],
  '/helpdesk/reviews/new': [
    by(agent, 'empty', '/helpdesk/reviews/new'),
    after(agent, 'refused', '/helpdesk/reviews/new', { name: '' }),
  ],
  '/helpdesk/reviews/:id': [by(agent, 'running', async world => `/helpdesk/reviews/${await review(world)}`)],
  '/helpdesk/reviews/:id/organizations/:organization': [
    by(
      agent,
      'people who are not confirmed',
      async world => `/helpdesk/reviews/${await review(world)}/organizations/${await organization(world)}`,
    ),
  ],
}
