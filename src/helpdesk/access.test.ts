import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addContact, addReview } from '../../test/support/people/agency.ts'
import { addCourse, addRenewal } from '../../test/support/people/courses.ts'
import { type Caller, type Desk, openDesk } from '../../test/support/people/desk.ts'
import { createMany } from '../administration/many/store.ts'
import { plainApplication } from '../applications/presets.ts'
import { createApplication } from '../applications/store.ts'
import { newId } from '../store/ids.ts'
import { createDraft } from '../terms/drafts.ts'
import { publishTerms } from '../terms/store.ts'
import { createWorkgroup } from '../workspace/store.ts'
import { createNews } from './news/store.ts'
import { verbNames } from './person/verb-rules.ts'

const hour = 3_600_000
const said = { reason: 'Called and asked.', identified: 'call-back', role: 'helpdesk', version: '1' }
const plainNews = { title: 'Open house', text: 'Come in.', shownFrom: 1, shownUntil: null }
const later = { date: '2027-01-31', time: '17:00' }

const placesChanged = /^\/helpdesk\/(organizations|workgroups)\/.*(new|edit|standing|retire|bring-back)$/

/** What the helpdesk may not even open: the beginnings or ends of addresses. */
const administratorsOnly: readonly RegExp[] = [
  /\/(role|scope)$/,
  /^\/helpdesk\/courses\b/,
  /^\/helpdesk\/renewals\/(new$|.*close$)/,
  /^\/helpdesk\/(applications|links|policy|terms|audit\/verify)\b/,
  placesChanged,
]

/** What speaks to everyone, or of everyone, is not for who looks after some. */
const notForLimited = /^\/helpdesk\/(news\/.|reports\/(access|board|ended)\b|reviews\/.|renewals\/.)/
/** Only agents without a limit appoint an agency's contact. */
const appoints = /\/contact$/

type Who = keyof Desk['callers'] | 'contact'
const everyone: readonly Who[] = [
  'anonymous',
  'pending',
  'user',
  'contact',
  'scoped',
  'helpdesk',
  'administrator',
]

/** What an answer comes to. */
type Answer = 'open' | 'sign-in' | 'step' | 'refused' | 'not-there'

function answerOf(response: Response): Answer | string {
  const to = response.headers.get('location') ?? ''
  if (response.status === 200 || response.status === 422) return 'open'
  if (response.status === 403) return 'refused'
  if (response.status === 404) return 'not-there'
  if (response.status === 303 && to.startsWith('/sign-in')) return 'sign-in'
  if (response.status === 303 && to.startsWith('/helpdesk/')) return 'open'
  return response.status === 303 && to === '/password/new' ? 'step' : `${response.status} ${to}`
}

/** The only allowed pairs: of the agents, who may open what. */
function expected(who: Who, path: string, ownPerson: boolean): Answer {
  if (who === 'anonymous') return 'sign-in'
  if (who === 'pending') return 'step'
  if (who === 'user' || who === 'contact') return 'refused'
  if (who !== 'administrator' && administratorsOnly.some(address => address.test(path))) return 'refused'
  if (who === 'scoped' && notForLimited.test(path)) return 'refused'
  if (who === 'scoped' && path.includes(':id') && !ownPerson) return 'not-there'
  return who === 'scoped' && appoints.test(path) ? 'refused' : 'open'
}

/** A change that an agency asked for of one of its people. */
async function addRequest(desk: Desk, organization_id: string): Promise<string> {
  const id = newId(desk.clock.now())
  const account_id = organization_id === desk.ownOrganization ? desk.inside : desk.outside
  const asked = { account_id, asked_by: account_id, asked_at: 1, changed_at: 1, version: 1 }
  const values = { id, kind: 'change', organization_id, entry: '{}', state: 'asked', ...asked } as const
  await desk.store.writeOne(db => db.insertInto('agency_request').values(values).execute())
  return id
}

/** What `:id` stands for in an address: one that the limited agent sees and, where a limit hides some, one that they do not. */
async function idsOf(desk: Desk): Promise<(path: string) => readonly [string, ...string[]]> {
  const group = await desk.store.write(tx =>
    createWorkgroup(tx, { name: 'Night desk', allows: '' }, desk.clock.now()),
  )
  const news = await desk.store.write(tx =>
    createNews(desk.services, tx, { actor: 'system', role: 'helpdesk' }, plainNews, desk.clock.now()),
  )
  const draft = await desk.store.write(async tx => {
    const [now, text] = [desk.clock.now(), 'Keep it safe.']
    await publishTerms(tx, { text, effectiveAt: now + hour, by: 'system', now })
    return createDraft(tx, { text, by: desk.callers.administrator.id, now })
  })
  const application = await desk.store.write(tx =>
    createApplication(tx, { ...plainApplication('other'), name: 'Bed Board' }, desk.clock.now()),
  )
  const link = newId(1)
  await desk.store.writeOne(db =>
    db
      .insertInto('home_link')
      .values({
        id: link,
        name: 'Guide',
        address: 'https://guide.example.org',
        purpose: '',
        created_at: 1,
        version: 1,
      })
      .execute(),
  )
  const course = await addCourse(desk.store, 7, desk.clock.now())
  const others: Readonly<Record<string, readonly [string, ...string[]]>> = {
    organizations: [desk.ownOrganization, desk.otherOrganization],
    workgroups: [group],
    news: [news],
    applications: [application],
    links: [link],
    courses: [course],
    renewals: [await addRenewal(desk, course)],
    terms: [draft],
    reviews: [await addReview(desk, desk.ownOrganization)],
    requests: [await addRequest(desk, desk.ownOrganization), await addRequest(desk, desk.otherOrganization)],
  }
  return path => others[path.split('/')[2] ?? ''] ?? [desk.inside, desk.outside]
}

/** A selection of the caller's own; it is nobody else's. Of a stranger it is the administrator's. */
const selectionOf = ({ store, clock, callers, inside }: Desk, { id }: Caller): Promise<string> =>
  store.write(tx => createMany(tx, id || callers.administrator.id, [inside], clock.now()))

eachEngine('every console address opens only for the callers it allows', async open => {
  const desk = await openDesk(await open())
  const callers = { ...desk.callers, contact: await addContact(desk, 'clara', desk.ownOrganization) }
  const routes = desk.routes.filter(({ path }) => path.startsWith('/helpdesk'))
  assert.ok(routes.length >= 2 * verbNames.length + 6)
  const ids = await idsOf(desk)
  for (const { method, path } of routes) {
    for (const who of everyone) {
      for (const id of path.startsWith('/helpdesk/many/')
        ? [await selectionOf(desk, callers[who])]
        : ids(path)) {
        const address = path
          .replace(/:(id|draft)/, id)
          .replace(':organization', desk.ownOrganization)
          .replace(':version', '1')
          .replace('policy/:name', 'policy/idleMinutes')
        const caller = callers[who]
        const response = method === 'GET' ? await caller.get(address) : await caller.post(address)
        const isFirst = path.startsWith('/helpdesk/many/') || id === ids(path)[0]
        const wanted = expected(who, path, isFirst)
        assert.equal(answerOf(response), wanted, `${who}: ${method} ${path}`)
      }
    }
  }
  const changed = await desk.store.read.selectFrom('account').select('id').where('version', '>', 1).execute()
  assert.deepEqual(changed, [], 'empty forms changed an account')
})

eachEngine('a helpdesk agent can change no other agent, no administrator and not themselves', async open => {
  const desk = await openDesk(await open())
  const { helpdesk, administrator, scoped } = desk.callers
  for (const id of [helpdesk.id, administrator.id, scoped.id]) {
    for (const action of verbNames) {
      const answer = await helpdesk.post(`/helpdesk/people/${id}/${action}`, { ...said, ...later })
      assert.equal(answer.status, 403, action)
    }
    const page = await (await helpdesk.get(`/helpdesk/people/${id}`)).text()
    assert.match(page, /Only an administrator can change this account/)
  }
  const rows = await desk.store.read.selectFrom('account').select(['role', 'version', 'epoch']).execute()
  assert.deepEqual(new Set(rows.map(({ version, epoch }) => `${version} ${epoch}`)), new Set(['1 1']))
  const tried = (await desk.events()).filter(({ event }) => event === 'authz_fail')
  assert.ok(tried.length >= 3 * verbNames.length)
})

eachEngine('a new account is a user, whatever role the form asks for', async open => {
  const desk = await openDesk(await open())
  const fields = {
    firstName: 'Nora',
    lastName: 'Berg',
    email: 'nora@example.org',
    username: 'nberg',
    organization: '',
    workgroup: '',
    role: 'administrator',
  }
  assert.equal((await desk.callers.helpdesk.post('/helpdesk/people/new/create', fields)).status, 200)
  const made = await desk.store.read
    .selectFrom('account')
    .select('role')
    .where('username', '=', 'nberg')
    .executeTakeFirstOrThrow()
  assert.equal(made.role, 'user')
})

eachEngine('staff cannot choose a person’s password: one sent along is ignored', async open => {
  const desk = await openDesk(await open())
  const chosen = 'Chosen by staff 1!'
  const answer = await desk.callers.helpdesk.post(`/helpdesk/people/${desk.inside}/temporary-password`, {
    ...said,
    password: chosen,
    temporaryPassword: chosen,
    hash: chosen,
  })
  const page = await answer.text()
  assert.match(page, /Temporary password: [a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}/)
  assert.ok(!page.includes(chosen))
  assert.ok(!JSON.stringify(await desk.events()).includes(chosen))
})

eachEngine(
  'a credential is reset only with the agent’s password, a reason and how the caller was identified',
  async open => {
    const desk = await openDesk(await open())
    const path = `/helpdesk/people/${desk.inside}/temporary-password`
    const stale = await desk.signIn(desk.callers.helpdesk.id, false)
    assert.equal((await stale.post(path, said)).status, 403)
    const { helpdesk } = desk.callers
    assert.equal((await helpdesk.post(path, { ...said, reason: ' ' })).status, 422)
    assert.equal((await helpdesk.post(path, { ...said, identified: 'a feeling' })).status, 422)
    assert.equal((await helpdesk.post(path, { ...said, version: '' })).status, 422)
    desk.clock.advance(hour / 4)
    assert.equal((await helpdesk.post(path, said)).status, 403, 'the gate has closed again')
    const credential = await desk.store.read
      .selectFrom('credential')
      .select('account_id')
      .where('account_id', '=', desk.inside)
      .executeTakeFirst()
    assert.equal(credential, undefined)
  },
)

eachEngine('walking through ids finds nothing and is recorded', async open => {
  const desk = await openDesk(await open())
  const walked = desk.inside.replace(/.$/, sign => (sign === '0' ? '1' : '0'))
  for (const id of [walked, '1', '2', '%00', "'--", desk.outside]) {
    assert.equal((await desk.callers.scoped.get(`/helpdesk/people/${id}`)).status, 404, id)
  }
  const noted = (await desk.events()).filter(({ event }) => event === 'malicious_direct_reference')
  assert.equal(noted.length, 6)
})

eachEngine(
  'people outside a limited agent’s organizations appear in no search, count, duplicate or message',
  async open => {
    const desk = await openDesk(await open())
    const { scoped, helpdesk } = desk.callers
    await desk.store.writeOne(db =>
      db
        .updateTable('account')
        .set({ leaving_at: desk.clock.now() + hour })
        .where('id', 'in', [desk.inside, desk.outside])
        .execute(),
    )
    assert.match(await (await helpdesk.get('/helpdesk/people?q=otto')).text(), /Lee, Otto/)
    assert.doesNotMatch(await (await scoped.get('/helpdesk/people?q=otto')).text(), /Lee, Otto/)
    const leaving = async (who: typeof scoped) =>
      (await (await who.get('/helpdesk')).text()).match(
        /queue-count">(\d+)<\/span><div><a [^>]*>Leaving within 30 days</,
      )?.[1]
    assert.deepEqual([await leaving(helpdesk), await leaving(scoped)], ['2', '1'])
    const fields = {
      firstName: 'Otto',
      lastName: 'Lee',
      email: 'maria@example.org',
      username: '',
      organization: desk.ownOrganization,
      workgroup: '',
    }
    const check = await (await scoped.post('/helpdesk/people/new', fields)).text()
    assert.match(check, /Check your answers/)
    assert.ok(!check.includes(desk.outside))
    const elsewhere = await scoped.post('/helpdesk/people/new', {
      ...fields,
      organization: desk.otherOrganization,
    })
    assert.equal(elsewhere.status, 422)
  },
)
