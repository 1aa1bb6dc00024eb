/** Every form of the console that changes something, filled in as its page would send it, with what it is about. */

import { manyVerbs } from '../../src/administration/many/rules.ts'
import { plainApplication } from '../../src/applications/presets.ts'
import { createApplication } from '../../src/applications/store.ts'
import { createNews } from '../../src/helpdesk/news/store.ts'
import { putQuestion } from '../../src/recovery/store.ts'
import { newId } from '../../src/store/ids.ts'
import type { Tx } from '../../src/store/store.ts'
import { createDraft } from '../../src/terms/drafts.ts'
import { publishTerms } from '../../src/terms/store.ts'
import { createOrganization, createWorkgroup } from '../../src/workspace/store.ts'
import { createClock } from '../support/database/store.ts'
import { addCourse } from '../support/people/courses.ts'
import type { Caller, Desk } from '../support/people/desk.ts'

const hour = 3_600_000
/** The moment at which the clock of a test stands. */
const now = createClock().now()
const hash = { encoded: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', pepperId: 'testkey1' }
const content = { title: 'Open house', text: 'Come in.', shownFrom: 1, shownUntil: null }
const by = { actor: 'system', role: 'administrator' } as const

/** What the forms are about, made anew for each of them. */
interface World {
  readonly number: number
  readonly person: string
  /** The organization of the person, and one where they are not. */
  readonly own: string
  readonly other: string
  readonly organization: string
  readonly workgroup: string
  readonly application: string
  readonly secret: string
  readonly link: string
  readonly news: string
  readonly course: string
  readonly draft: string
  readonly terms: { readonly id: string; readonly number: number }
  readonly policyVersion: number
}

let worlds = 0

export async function makeWorld(desk: Desk, path: string): Promise<World> {
  const number = ++worlds
  const isAbout = (part: string) => path.startsWith(`/helpdesk/${part}`)
  return {
    number,
    course: isAbout('courses') ? await addCourse(desk.store, 100 + number, now) : '',
    own: desk.ownOrganization,
    other: desk.otherOrganization,
    person: isAbout('people') || isAbout('sheets') ? await addSubject(desk, number, path) : '',
    ...(await desk.store.write(async tx => ({
      organization: isAbout('organizations') ? await addPlace(tx, createOrganization, number, path) : '',
      workgroup: isAbout('workgroups') ? await addPlace(tx, createWorkgroup, number, path) : '',
      ...(isAbout('applications') ? await addApplication(tx, number, path) : { application: '', secret: '' }),
      link: isAbout('links') ? await addHomeLink(tx, number) : '',
      news: isAbout('news') ? await createNews(desk.services, tx, by, content, now) : '',
      draft: isAbout('terms') ? await createDraft(tx, { text: `Keep ${number}.`, by: by.actor, now }) : '',
      terms: isAbout('terms/versions') ? await addTerms(tx, number) : { id: '', number: 0 },
      policyVersion: (await tx.db.selectFrom('policy').select('version').executeTakeFirstOrThrow()).version,
    }))),
  }
}

async function addSubject(desk: Desk, number: number, path: string): Promise<string> {
  const id = await desk.add({ username: `p${number}`, organizationIds: [desk.ownOrganization] })
  await desk.store.write(async tx => {
    const { db } = tx
    await putQuestion(tx, id, 'Which lake?', hash, now)
    const app = { secret_sealed: '', last_step: 0, added_at: 1, last_used_at: 1 }
    await db
      .insertInto('authenticator')
      .values({ id: newId(now), account_id: id, ...app })
      .execute()
    const incident = { account_id: id, kind: 'not-me', opened_at: 1 } as const
    await db
      .insertInto('incident')
      .values({ id: newId(now), ...incident })
      .execute()
    if (path.endsWith('stays'))
      await db
        .insertInto('planned_leave')
        .values({
          ...{ account_id: id, organization_id: desk.ownOrganization, moved_to: null, workgroups: '[]' },
          ...{ last_day: '2027-03-01', due_at: now + hour, reason: '' },
        })
        .execute()
    if (path.endsWith('reactivate'))
      await db.updateTable('account').set({ dormant_since: 1 }).where('id', '=', id).execute()
  })
  return id
}

async function addPlace(
  tx: Tx,
  create: typeof createWorkgroup,
  number: number,
  path: string,
): Promise<string> {
  const id = await create(tx, { name: `Place ${number}`, allows: '' }, now)
  const retired_at = path.endsWith('bring-back') ? now : null
  await tx.db.updateTable('organization').set({ retired_at }).where('id', '=', id).execute()
  await tx.db.updateTable('workgroup').set({ retired_at }).where('id', '=', id).execute()
  return id
}

async function addApplication(
  tx: Tx,
  number: number,
  path: string,
): Promise<Pick<World, 'application' | 'secret'>> {
  const application = await createApplication(
    tx,
    { ...plainApplication('other'), name: `App ${number}` },
    now,
  )
  const [secret, newer] = [newId(now), newId(now + 1)]
  const ids = path.endsWith('remove-secret') ? [secret, newer] : [secret]
  for (const id of ids)
    await tx.db
      .insertInto('application_secret')
      .values({ id, application_id: application, secret_hash: id, created_at: 1 })
      .execute()
  if (path.endsWith('enable'))
    await tx.db.updateTable('application').set({ disabled_at: now }).where('id', '=', application).execute()
  return { application, secret }
}

async function addHomeLink({ db }: Tx, number: number): Promise<string> {
  const id = newId(now)
  const link = { name: `L${number}`, address: 'https://example.org', purpose: '', created_at: 1, version: 1 }
  await db
    .insertInto('home_link')
    .values({ id, ...link })
    .execute()
  return id
}

const addTerms = (tx: Tx, number: number): Promise<World['terms']> =>
  publishTerms(tx, {
    ...{ text: `Be kind ${number}.`, effectiveAt: now + (number + 1_000) * hour, by: by.actor, now },
  })

type Fields = Readonly<Record<string, string>>
type FormOf = (world: World) => Fields

const said: Fields = { reason: 'Called and asked.', identified: 'call-back', version: '1' }
const person: FormOf = () => said
const place: FormOf = ({ number }) => ({ name: `New ${number}`, key: '', allows: 'Beds.', version: '1' })
const application: FormOf = ({ number }) => ({
  ...said,
  preset: 'other',
  name: `Warehouse ${number}`,
  purpose: 'Counts',
  redirectUris: 'https://warehouse.example.org/back',
  who: 'everyone',
})
const news: FormOf = () => ({
  ...{ title: 'Closed', text: 'On Monday.', version: '1' },
  ...{ fromDate: '2027-01-31', fromTime: '08:00', untilDate: '', untilTime: '' },
})
const course: FormOf = ({ number }) => ({ name: `Course ${number}`, number: `${500 + number}`, version: '1' })
const link: FormOf = ({ number }) => ({
  ...{ name: `Guides ${number}`, purpose: '', address: 'https://guides.example.org/', version: '1' },
})
const newcomer: FormOf = ({ number }) => ({
  ...{ firstName: 'Nora', lastName: 'Berg', email: `n${number}@example.org`, username: `nora${number}` },
  ...{ organization: '', workgroup: '' },
})
const later: FormOf = () => ({ ...said, date: '2027-01-31', time: '17:00' })
const act: FormOf = ({ secret }) => ({ reason: 'Rotated.', secret })

/** Each form that changes something, by its address. */
export const forms: Readonly<Record<string, FormOf>> = {
  '/helpdesk/people/new/create': newcomer,
  ...Object.fromEntries(
    [
      ...['close-incident', 'temporary-password', 'unlock', 'reset-two-step', 'reset-question'],
      ...['end-sessions', 'lock-down', 'deactivate', 'reactivate'],
    ].map(name => [`/helpdesk/people/:id/${name}`, person]),
  ),
  '/helpdesk/people/:id/suspend': later,
  '/helpdesk/people/:id/schedule-leaving': later,
  '/helpdesk/people/:id/details': ({ number }) => ({
    ...{ ...said, firstName: 'Ines', lastName: 'Berg', email: `ines${number}@example.org` },
  }),
  '/helpdesk/people/:id/access': () => said,
  '/helpdesk/people/:id/left': ({ own }) => ({ ...said, left: own, lastDay: '2026-01-10' }),
  '/helpdesk/people/:id/moved': ({ own, other }) => ({
    ...{ ...said, left: own, movedTo: other, lastDay: '2026-01-10' },
  }),
  '/helpdesk/people/:id/stays': person,
  '/helpdesk/people/:id/role': () => ({ ...said, role: 'administrator' }),
  '/helpdesk/organizations/new': place,
  '/helpdesk/organizations/:id/edit': place,
  '/helpdesk/organizations/:id/standing': ({ number }) => ({ licenses: `${number}`, version: '1' }),
  '/helpdesk/organizations/:id/retire': person,
  '/helpdesk/organizations/:id/bring-back': person,
  '/helpdesk/workgroups/new': place,
  '/helpdesk/workgroups/:id/edit': place,
  '/helpdesk/workgroups/:id/retire': person,
  '/helpdesk/workgroups/:id/bring-back': person,
  '/helpdesk/applications/new': application,
  '/helpdesk/applications/:id/edit': application,
  '/helpdesk/applications/:id/add-secret': act,
  '/helpdesk/applications/:id/remove-secret': act,
  '/helpdesk/applications/:id/end': act,
  '/helpdesk/applications/:id/disable': act,
  '/helpdesk/applications/:id/enable': act,
  '/helpdesk/courses/new': course,
  '/helpdesk/courses/:id': course,
  '/helpdesk/links/new': link,
  '/helpdesk/links/:id': link,
  '/helpdesk/links/:id/remove': link,
  '/helpdesk/news/new': news,
  '/helpdesk/news/:id/edit': news,
  '/helpdesk/news/:id/remove': news,
  '/helpdesk/policy/two-step-duties': () => ({
    ...{ who: 'role user', from: '2035-01-31', reason: 'Asked.', step: 'sure' },
  }),
  '/helpdesk/policy/:name': ({ policyVersion, number }) => ({
    ...{ value: `Training site ${number}`, version: String(policyVersion), reason: 'Asked.' },
  }),
  '/helpdesk/terms/versions/:version/cancel': ({ terms }) => ({ version: terms.id, reason: 'Late.' }),
  '/helpdesk/terms/drafts/new': ({ number }) => ({ text: `Be careful ${number}.` }),
  '/helpdesk/terms/drafts/:draft': ({ number }) => ({ text: `Be careful ${number}.`, version: '1' }),
  '/helpdesk/terms/drafts/:draft/delete': () => ({ version: '1' }),
  '/helpdesk/terms/drafts/:draft/publish': () => ({
    ...{ version: '1', date: '2035-01-31', time: '17:00', clock: '', step: 'sure' },
  }),
  '/helpdesk/people/:id/training/confirm': person,
  '/helpdesk/sheets': ({ person: id }) => ({ ...said, person: `${id}:1`, how: 'print' }),
}

/** Forms that change nothing, or whose change has a test of its own; each with the reason. */
export const otherForms: Readonly<Record<string, string>> = {
  '/helpdesk/people/new': 'shows the answers',
  '/helpdesk/many': 'keeps whom the agent selected',
  ...Object.fromEntries(
    manyVerbs.map(verb => [`/helpdesk/many/:id/${verb}`, 'keeps what is to be done to those selected']),
  ),
  '/helpdesk/many/:id/check': 'for a preview that was shown; written by the same function',
  '/helpdesk/people/:id/code-card': 'a credential, where policy has code cards',
  '/helpdesk/people/:id/contact': 'the same transaction as a role',
  '/helpdesk/requests/:id': 'for an agency’s request; written by the same function',
  '/helpdesk/requests/:id/accept': 'for an agency’s request; written by the same function',
  '/helpdesk/renewals/new': 'shows the answers; started by the same function as a review is',
  '/helpdesk/renewals/:id/close': 'for a running renewal; written by the same function',
  '/helpdesk/reviews/new': 'for agencies with contacts; written by the same function',
  '/helpdesk/reviews/:id': 'for a running review; written by the same function',
  '/helpdesk/reviews/:id/organizations/:organization': 'for a running review; written by the same function',
  '/helpdesk/people/:id/remove-way': 'for who has two; the same transaction as Reset 2-step',
  '/helpdesk/people/:id/mail-link': 'a temporary password, on a site that sends mail',
  '/helpdesk/people/:id/scope': 'for helpdesk staff; the same transaction as a role',
  '/helpdesk/people/:id/training': 'keeps what Moodle says, as a confirmation is kept',
  '/helpdesk/training/check': 'asks Moodle, and keeps nothing',
  '/helpdesk/policy/agencyLogo': 'a value of policy with a file',
  '/helpdesk/policy/test-message': 'a message to oneself, on a site that sends mail',
  '/helpdesk/reports/access': 'an export stops by itself',
  '/helpdesk/reports/ended': 'an export stops by itself',
  '/helpdesk/reports/people': 'an export stops by itself',
  '/helpdesk/reports/acceptances': 'an export stops by itself',
  '/helpdesk/reports/audit': 'an export stops by itself',
  '/helpdesk/audit/verify': 'begins a check of the log that goes on behind the page',
  '/helpdesk/import': 'a file',
  '/helpdesk/import/check': 'makes or updates the accounts of a file',
  '/helpdesk/import/columns': 'for a file; written by the same function',
  '/helpdesk/compare': 'a file',
  '/helpdesk/compare/columns': 'for a file; written by the same function',
  '/helpdesk/compare/remove': 'what was kept of a file; written by the same function',
}

/** The address of a page about what the world holds. */
export function addressOf(path: string, world: World): string {
  const ids: Readonly<Record<string, string>> = {
    people: world.person,
    organizations: world.organization,
    workgroups: world.workgroup,
    applications: world.application,
    links: world.link,
    news: world.news,
    courses: world.course,
  }
  return path
    .replace(':id', ids[path.split('/')[2] ?? ''] ?? '')
    .replace(':draft', world.draft)
    .replace(':version', String(world.terms.number))
    .replace(':name', 'siteBanner')
}

/** Sends the form at an address, about what the world holds. */
export const send = (caller: Caller, path: string, world: World): Promise<Response> =>
  caller.post(addressOf(path, world), forms[path]?.(world) ?? {})
