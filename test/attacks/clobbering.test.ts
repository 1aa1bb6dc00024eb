/** Names for things of the page in all that a person can enter: none of it names anything (ASVS V3.2.3). */
import assert from 'node:assert/strict'
import { createNews } from '../../src/helpdesk/news/store.ts'
import { createDraft } from '../../src/terms/drafts.ts'
import { publishTerms } from '../../src/terms/store.ts'
import { createOrganization, createWorkgroup } from '../../src/workspace/store.ts'
import { eachEngine } from '../support/database/store.ts'
import { type Desk, openDesk } from '../support/people/desk.ts'

/** Everything that would take the place of a thing that scripts look for, in every way to write it. */
const planted = `clobber"id="clobber'name='clobber'><form id=clobber name=clobber><input name=clobber>`

const addresses = [
  '/',
  '/preferences',
  '/helpdesk',
  '/helpdesk/people',
  '/helpdesk/people/new',
  '/helpdesk/organizations',
  '/helpdesk/workgroups',
  '/helpdesk/news',
  '/helpdesk/news/new',
  '/helpdesk/terms',
  '/helpdesk/terms/versions/1',
  '/helpdesk/terms/versions/1/text',
  '/helpdesk/policy',
  '/helpdesk/policy/siteName',
  '/helpdesk/policy/siteBanner',
  '/helpdesk/training',
  '/helpdesk/audit',
  '/helpdesk/reports',
  '/helpdesk/sheets',
  '/security',
  '/recovery/question',
]

/** Plants it in all that is kept. @returns the addresses that hold it by their ids. */
async function plantEverywhere(desk: Desk): Promise<readonly string[]> {
  const { store, services, clock, callers } = desk
  const now = clock.now()
  const by = callers.administrator.id
  const person = await desk.add({
    username: 'clobber',
    firstName: planted.slice(0, 80),
    lastName: planted.slice(8, 88),
    email: 'clobber@example.org',
    organizationIds: [desk.ownOrganization],
  })
  return store.write(async tx => {
    const allows = planted
    const organization = await createOrganization(tx, { name: planted, allows }, now)
    const workgroup = await createWorkgroup(tx, { name: planted, allows }, now)
    const content = { title: planted, text: planted, shownFrom: 1, shownUntil: null }
    const news = await createNews(services, tx, { actor: by, role: 'administrator' }, content, now)
    const draft = await createDraft(tx, { text: planted, by, now })
    await publishTerms(tx, { text: `# ${planted}`, effectiveAt: now + 1, by, now })
    const face = { siteName: planted.slice(0, 80), siteBanner: planted, helpdeskName: planted.slice(0, 80) }
    await tx.db
      .updateTable('policy')
      .set({ overrides: JSON.stringify(face) })
      .execute()
    await tx.db
      .insertInto('account_organization')
      .values({
        account_id: person,
        organization_id: organization,
        is_active: 1,
        may_sign_in: 1,
        may_edit: 1,
      })
      .execute()
    await tx.db
      .insertInto('account_workgroup')
      .values({ account_id: person, workgroup_id: workgroup })
      .execute()
    return [
      `/helpdesk/people/${person}`,
      ...['access', 'details', 'scope', 'temporary-password', 'training'].map(
        verb => `/helpdesk/people/${person}/${verb}`,
      ),
      `/helpdesk/organizations/${organization}`,
      `/helpdesk/organizations/${organization}/edit`,
      `/helpdesk/workgroups/${workgroup}/edit`,
      `/helpdesk/news/${news}/edit`,
      `/helpdesk/terms/drafts/${draft}`,
      `/helpdesk/terms/drafts/${draft}/preview`,
    ]
  })
}

/** The values of `id`, `name` and what refers to an id in the tags of a page, and what stands in a tag without our quotes. */
const namesIn = (page: string): readonly string[] =>
  (page.match(/<[a-z][^>]*>/g) ?? []).flatMap(tag => [
    ...(tag.replace(/"[^"]*"/g, '').match(/clobber/g) ?? []),
    ...[...tag.matchAll(/\s(?:id|name|form|for|list|aria-[a-z]+|data-rules-for)="([^"]*)"/g)]
      .filter(([whole]) => !whole.includes('aria-label'))
      .map(([, value = '']) => value),
  ])

eachEngine('no name that a person enters can replace a global of the page’s script', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const held = await plantEverywhere(desk)
  const query = `?${new URLSearchParams({ q: planted, agent: planted, person: planted, to: planted, message: planted })}`
  let shown = 0
  for (const address of [...addresses, ...held, ...addresses.map(path => path + query)]) {
    const answer = await administrator.get(address)
    const page = await answer.text()
    assert.ok(answer.status === 200 || answer.status === 422, `${address}: ${answer.status}`)
    if (page.includes('clobber')) shown += 1
    for (const name of namesIn(page)) assert.ok(!name.includes('clobber'), `${address}: ${name}`)
  }
  assert.ok(shown > 40, `the text stands on ${shown} pages`)
  const typed = { title: planted, text: planted, value: planted, firstName: planted, username: planted }
  for (const address of ['/helpdesk/people/new', '/helpdesk/news/new', '/helpdesk/organizations/new']) {
    const page = await (
      await administrator.post(address, { ...typed, name: planted.repeat(3), untilTime: 'x' })
    ).text()
    assert.match(page, /clobber/, address)
    for (const name of namesIn(page)) assert.ok(!name.includes('clobber'), `${address}: ${name}`)
  }
})
