/** What a session may do whose holder gave the password some minutes ago: each form that asks for nothing is named here. */
import assert from 'node:assert/strict'
import { createMany } from '../../src/administration/many/store.ts'
import { plainApplication } from '../../src/applications/presets.ts'
import { createApplication } from '../../src/applications/store.ts'
import { createNews } from '../../src/helpdesk/news/store.ts'
import type { Access } from '../../src/session/access.ts'
import { createDraft } from '../../src/terms/drafts.ts'
import { publishTerms } from '../../src/terms/store.ts'
import { createWorkgroup } from '../../src/workspace/store.ts'
import { eachEngine } from '../support/database/store.ts'
import { addContact, addThings, placed } from '../support/people/agency.ts'
import { addCourse, addRenewal } from '../support/people/courses.ts'
import { type Desk, openDesk } from '../support/people/desk.ts'

const hour = 3_600_000

/** Forms that a stolen session can send, with why nothing is gained by it. */
const named: Readonly<Record<string, string>> = {
  '/settings/choose': 'where one works, of what one has',
  '/settings/apply': 'where one works, of what one has',
  '/applications/enter': 'where one works, of what one has',
  '/preferences': 'looks',
  '/session/extend': 'the end of a session does not move beyond its day',
  '/sign-out': 'ends the session',
  '/security': 'the question for the password itself',
  '/security/sign-out-everywhere': 'ends all sessions',
  '/security/sessions/end': 'ends a session',
  '/security/computers/end': 'has that computer asked for a code again',
  '/security/two-step/ways/:id/rename': 'nobody has the way that is asked for; one’s own asks',
  '/security/two-step/ways/:id/remove': 'nobody has the way that is asked for; one’s own asks',
  '/security/two-step/ways/:id/replace': 'nobody has the way that is asked for; one’s own asks',
  '/security/two-step/saved': 'forgets codes',
  '/sign-in/two-step/saved': 'forgets codes',
  '/helpdesk/many': 'keeps whom the agent selected; what is done to them asks for the password',
  '/helpdesk/people/:id/close-incident': 'tells who closed it',
  '/helpdesk/people/:id/end-sessions': 'takes nothing that the password does not give back',
  '/helpdesk/people/:id/training': 'asks Moodle, which says what it says',
  '/helpdesk/training/check': 'the same, and keeps nothing',
  '/helpdesk/organizations/new': 'names, which nobody is given by it',
  '/helpdesk/workgroups/new': 'names, which nobody is given by it',
  '/helpdesk/terms/drafts/new': 'a text that nobody is asked to accept',
  '/helpdesk/terms/drafts/:draft': 'a text that nobody is asked to accept',
  '/helpdesk/terms/drafts/:draft/delete': 'a text that nobody is asked to accept',
  '/helpdesk/policy/test-message': 'goes to one’s own address, one at a time',
  '/helpdesk/audit/verify': 'reads the log',
  '/helpdesk/import': 'checks a file; making or updating its accounts asks',
  '/helpdesk/import/columns': 'says how a file is read',
  '/helpdesk/compare': 'compares a file, and changes nothing',
  '/helpdesk/compare/columns': 'says how a file is read',
  '/helpdesk/compare/remove': 'removes what the agent keeps for themselves',
  '/agency/:id/requests/new': 'asks the helpdesk, which decides',
  '/agency/:id/people/:person/change': 'asks the helpdesk, which decides',
  '/agency/:id/requests/:request': 'asks the helpdesk, which decides',
  '/agency/:id/requests/:request/withdraw': 'takes back what was asked',
}

const isForSessions = (access: Access): boolean =>
  access.kind === 'inside' || access.kind === 'holder' || (access.kind === 'step' && access.inside === true)

/** Adds a link to Home. @returns its id. */
async function linkIn({ store, callers }: Desk): Promise<string> {
  const link = { name: 'Guides', purpose: '', address: 'https://guides.example.org/' }
  await callers.administrator.post('/helpdesk/links/new', link)
  const { id } = await store.read.selectFrom('home_link').select('id').executeTakeFirstOrThrow()
  return id
}

/** Fills in what an address has places for. */
async function addressesOf(desk: Desk): Promise<(path: string) => string> {
  const { store, services, callers, clock } = desk
  const now = clock.now()
  const by = callers.administrator.id
  const content = { title: 'Open house', text: 'Come in.', shownFrom: 1, shownUntil: null }
  const made = await store.write(async tx => ({
    workgroups: await createWorkgroup(tx, { name: 'Night desk', allows: '' }, now),
    news: await createNews(services, tx, { actor: by, role: 'administrator' }, content, now),
    many: await createMany(tx, by, [desk.inside], now),
    draft: await createDraft(tx, { text: 'Keep it safe.', by, now }),
    applications: await createApplication(tx, { ...plainApplication('other'), name: 'Bed Board' }, now),
    version: (await publishTerms(tx, { text: 'Be kind.', effectiveAt: now + 24 * hour, by, now })).number,
  }))
  const agency = await addThings(desk, desk.ownOrganization, desk.inside)
  const ids: Readonly<Record<string, string>> = {
    people: desk.inside,
    requests: agency.request,
    reviews: agency.review,
    organizations: desk.ownOrganization,
    workgroups: made.workgroups,
    news: made.news,
    many: made.many,
    applications: made.applications,
    links: await linkIn(desk),
    courses: await addCourse(desk.store, 7, now),
    renewals: await addRenewal(desk, await addCourse(desk.store, 8, now)),
  }
  return path =>
    path.startsWith('/agency')
      ? placed(path, agency)
      : path
          .replace(':id', ids[path.split('/')[2] ?? ''] ?? '')
          .replace(':draft', made.draft)
          .replace(':organization', desk.ownOrganization)
          .replace(':version', String(made.version))
          .replace(':name', 'siteBanner')
}

eachEngine(
  'a session that is some minutes old cannot send a form without the password, but for those named',
  async open => {
    const desk = await openDesk(await open())
    const addressOf = await addressesOf(desk)
    const forms = desk.routes.filter(({ method, access }) => method === 'POST' && isForSessions(access))
    const contact = await addContact(desk, 'clara', desk.ownOrganization)
    const asking: string[] = []
    const free: string[] = []
    for (const { path } of forms) {
      const holder = path.startsWith('/agency') ? contact : desk.callers.administrator
      const stolen = await desk.signIn(holder.id, false)
      desk.clock.advance(10 * 60_000)
      const answer = await stolen.post(addressOf(path), { reason: 'Asked.' })
      const asks = answer.status === 403 && /type="password"/.test(await answer.text())
      ;(asks ? asking : free).push(path)
    }
    assert.deepEqual(free.toSorted(), Object.keys(named).toSorted())
    assert.ok(asking.length > 20, asking.join())
  },
)
