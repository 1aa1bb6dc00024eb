import { manyVerbs } from '../../src/administration/many/rules.ts'
import { createMany, putEntry } from '../../src/administration/many/store.ts'
import { plainApplication } from '../../src/applications/presets.ts'
import { createApplication } from '../../src/applications/store.ts'
import { actNames } from '../../src/helpdesk/applications/acts.ts'
import { verbNames } from '../../src/helpdesk/person/verb-rules.ts'
import { newId } from '../../src/store/ids.ts'
import { filePages } from './files.ts'
import { deafApplication, personWithApplications } from './opened-applications.ts'
import { after, by, ofPerson, type Pages, type State } from './state.ts'
import type { World } from './world.ts'

const longNames = 'maximiliana-konstantinopolitanskaya-featherstonehaugh'
const agent = 'jamal'
const fresh = {
  firstName: 'Noor',
  lastName: 'Haddad',
  email: 'noor@example.org',
  username: 'nhaddad',
}

/** An application with all that one can have. */
const warehouse = {
  ...plainApplication('hmis-warehouse'),
  name: 'Warehouse',
  purpose: 'Reports on services over the years',
  redirectUris: ['https://warehouse.example.org/oauth2/callback'],
  launchUrl: 'https://warehouse.example.org/',
}

/** The address of the first of these, with what stands behind its id. */
const first =
  (table: 'organization' | 'workgroup' | 'news' | 'course', end = '') =>
  async ({ data }: World): Promise<string> => {
    const { id } = await data.services.store.read.selectFrom(table).select('id').executeTakeFirstOrThrow()
    const place = table === 'news' ? 'news' : `${table}s`
    return `/helpdesk/${place}/${id}${end}`
  }

/** Organizations and workgroups have the same pages. */
const placePages = (table: 'organization' | 'workgroup'): Pages => {
  const base = `/helpdesk/${table}s`
  return {
    [base]: [by(agent, 'list', base)],
    [`${base}/new`]: [
      by(agent, 'empty', `${base}/new`),
      after(agent, 'refused', `${base}/new`, { name: '' }),
    ],
    [`${base}/:id`]: [by(agent, 'one', first(table))],
    [`${base}/:id/edit`]: [
      by(agent, 'as it is', first(table, '/edit')),
      after(agent, 'refused', first(table, '/edit'), { name: '' }),
    ],
    [`${base}/:id/retire`]: [by(agent, 'to be confirmed', first(table, '/retire'))],
    [`${base}/:id/bring-back`]: [by(agent, 'not retired', first(table, '/bring-back'))],
  }
}

/** Messages that the mail server did not take: one of amina's for good, one that waits. */
const mailInTrouble = async (world: World) => {
  const { store, now } = world.data.services
  const row = {
    account_id: await world.idOf('amina'),
    kind: 'welcome',
    recipient: 'amina@example.org',
    subject: 'Your account',
    body_sealed: null,
    tries: 1,
    next_try_at: now() + 3_600_000,
    created_at: now(),
    last_error: 'EENVELOPE 550',
    server_said: '550 5.1.1 nobody-with-such-a-very-long-name-lives-at-this-address@mail.example.org',
  }
  await store.writeOne(db =>
    db
      .insertInto('mail')
      .values([
        { ...row, id: 'refused', state: 'refused' },
        { ...row, id: 'waits', state: 'waiting' },
      ])
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
}

/** The same page once the mail server is in trouble. */
const inTrouble = (state: State): State => ({
  name: `${state.name}, the mail server in trouble`,
  async show(world) {
    await mailInTrouble(world)
    return state.show(world)
  },
})

/** A draft of the terms, made once; the address of one of its pages. */
const draft =
  (end = '') =>
  async (world: World): Promise<string> => {
    const { read } = world.data.services.store
    const known = await read.selectFrom('terms_draft').select('id').executeTakeFirst()
    if (known) return `/helpdesk/terms/drafts/${known.id}${end}`
    const client = await world.as(agent)
    await client.get('/helpdesk/terms/drafts/new')
    await client.submit({ text: '# Working together\n\nWe keep what we learn to ourselves.' })
    return draft(end)(world)
  }

/** The log while it is checked, on the page that was told to stand still. */
const verifyUnderWay: State = {
  name: 'under way, stopped',
  async show(world) {
    const { store, now } = world.data.services
    const running = { state: 'running', startedAt: now(), checked: 40_000, of: 90_000 }
    const row = {
      name: 'audit-verification',
      next_run_at: now() + 60_000,
      last_result: JSON.stringify(running),
    }
    await store.writeOne(db => db.insertInto('job').values(row).execute())
    return by(agent, '', '/helpdesk/audit/verify?stop').show(world)
  },
}

const versionPages: Pages = {
  '/helpdesk/terms': [by(agent, 'versions', '/helpdesk/terms')],
  '/helpdesk/terms/versions/:version': [by(agent, 'in force', '/helpdesk/terms/versions/2')],
  '/helpdesk/terms/versions/:version/text': [by(agent, 'text', '/helpdesk/terms/versions/2/text')],
  '/helpdesk/terms/versions/:version/cancel': [by(agent, 'too late', '/helpdesk/terms/versions/2/cancel')],
  '/helpdesk/terms/drafts/new': [
    by(agent, 'empty', '/helpdesk/terms/drafts/new'),
    after(agent, 'refused', '/helpdesk/terms/drafts/new', { text: '' }),
  ],
  '/helpdesk/terms/drafts/:draft': [by(agent, 'draft', draft())],
  '/helpdesk/terms/drafts/:draft/preview': [by(agent, 'draft', draft('/preview'))],
  '/helpdesk/terms/drafts/:draft/publish': [by(agent, 'to be confirmed', draft('/publish'))],
}

const coursePages: Pages = {
  '/helpdesk/courses': [by(agent, 'list', '/helpdesk/courses')],
  '/helpdesk/courses/new': [
    by(agent, 'empty', '/helpdesk/courses/new'),
    after(agent, 'refused', '/helpdesk/courses/new', { name: '' }),
  ],
  '/helpdesk/courses/:id': [by(agent, 'one', first('course'))],
}

const standingPages: Pages = {
  '/helpdesk/organizations/:id/standing': [
    by(agent, 'as it is', first('organization', '/standing')),
    after(agent, 'refused', first('organization', '/standing'), { licenses: 'many' }),
  ],
  '/helpdesk/reports/board': [by(agent, 'counts', '/helpdesk/reports/board')],
}

const newsPages: Pages = {
  '/helpdesk/news': [by(agent, 'list', '/helpdesk/news'), by('tove', 'for who is limited', '/helpdesk/news')],
  '/helpdesk/news/new': [
    by(agent, 'empty', '/helpdesk/news/new'),
    after(agent, 'refused', '/helpdesk/news/new', { title: '' }),
    after(agent, 'a time that the clocks show twice', '/helpdesk/news/new', {
      title: 'Open house',
      text: 'Come in.',
      fromDate: '2027-11-07',
      fromTime: '01:30',
    }),
  ],
  '/helpdesk/news/:id/edit': [by(agent, 'as it is', first('news', '/edit'))],
  '/helpdesk/news/:id/remove': [by(agent, 'to be confirmed', first('news', '/remove'))],
}

/** Two people have one address: the page lists them. */
const sharedAddress: State = {
  name: 'a switch that shared addresses hold up',
  async show(world) {
    const shared = { email: 'desk@demo.example', email_key: 'desk@demo.example' }
    await world.data.services.store.writeOne(db =>
      db.updateTable('account').set(shared).where('username', 'in', ['karl', 'nils']).execute(),
    )
    return by(agent, '', '/helpdesk/policy/emailSignIn').show(world)
  },
}

/** The address of an application's page; the demo's first one. */
const application =
  (end = '') =>
  async ({ data }: World): Promise<string> => {
    const { store, now } = data.services
    const { read } = store
    const known = await read.selectFrom('application').select('id').orderBy('id').executeTakeFirst()
    const id = known?.id ?? (await store.write(tx => createApplication(tx, warehouse, now())))
    return `/helpdesk/applications/${id}${end}`
  }

/** The address of a link on Home. */
async function link({ data }: World): Promise<string> {
  const { store } = data.services
  const guide = {
    id: newId(1),
    name: 'HMIS guide',
    address: 'https://guide.example.org/start',
    purpose: 'How to enter an intake',
    created_at: 1,
    version: 1,
  }
  await store.writeOne(db =>
    db
      .insertInto('home_link')
      .values(guide)
      .onConflict(on => on.doNothing())
      .execute(),
  )
  return `/helpdesk/links/${(await store.read.selectFrom('home_link').select('id').executeTakeFirstOrThrow()).id}`
}

const applicationPages: Pages = {
  '/helpdesk/applications': [by(agent, 'list', '/helpdesk/applications')],
  '/helpdesk/applications/new': [
    by(agent, 'empty', '/helpdesk/applications/new'),
    after(agent, 'refused', '/helpdesk/applications/new', { name: '' }),
    after(agent, 'registered', '/helpdesk/applications/new', {
      preset: 'moodle',
      name: 'Training',
      redirectUris: 'https://moodle.example.org/admin/oauth2callback.php',
    }),
  ],
  '/helpdesk/links/new': [
    by(agent, 'empty', '/helpdesk/links/new'),
    after(agent, 'refused', '/helpdesk/links/new', { name: '' }),
  ],
  '/helpdesk/links/:id': [by(agent, 'as it is', link), after(agent, 'refused', link, { name: '' }, 'Save')],
  '/helpdesk/applications/:id': [by(agent, 'in good order', application()), deafApplication(agent)],
  '/helpdesk/applications/:id/edit': [
    by(agent, 'as it is', application('/edit')),
    after(agent, 'refused', application('/edit'), { name: '' }),
  ],
  ...Object.fromEntries(
    actNames.map(name => [
      `/helpdesk/applications/:id/${name}`,
      [
        by(agent, 'to be confirmed', application(`/${name}`)),
        after(agent, 'refused', application(`/${name}`), { reason: '' }),
      ],
    ]),
  ),
}

const policyPages: Pages = {
  '/helpdesk/policy': [
    by(agent, 'all values', '/helpdesk/policy'),
    after(agent, 'a test message sent', '/helpdesk/policy', {}, 'Send a test message'),
  ],
  '/helpdesk/policy/agencyLogo': [by(agent, 'none yet', '/helpdesk/policy/agencyLogo')],
  '/helpdesk/policy/:name': [
    by(agent, 'a text', '/helpdesk/policy/siteName'),
    by(agent, 'a number', '/helpdesk/policy/temporaryPasswordHours'),
    by(agent, 'a choice', '/helpdesk/policy/twoStep'),
    sharedAddress,
  ],
}

const single = (path: string): Pages => ({ [path]: [by(agent, 'as it is', path)] })

const verbPages: Pages = Object.fromEntries(
  [...verbNames, 'scope', 'training'].map(verb => [
    `/helpdesk/people/:id/${verb}`,
    [by(agent, 'to be confirmed', ofPerson(verb === 'scope' ? 'ingrid' : 'amina', `/${verb}`))],
  ]),
)

/** The card to be printed, on the page that shows it once. */
const cardSheet: State = {
  name: 'the card',
  async show(world) {
    const username = 'given-a-card'
    await world.data.addPeople({ username })
    const path = `/helpdesk/people/${await world.idOf(username)}/code-card`
    const client = await world.as(agent)
    await client.get(path)
    const fields = { identified: 'in-person', reason: 'No phone.' }
    return { path, answer: await client.submit(fields, 'Give a code card') }
  },
}

/** A selection of two people who belong to Lakeside, and what is to be done to them; the address of one of its pages. */
const selected =
  (end: string, isEntered = false) =>
  async (world: World): Promise<string> => {
    const { store, now } = world.data.services
    const { id: organizationId } = await store.read
      .selectFrom('organization')
      .select('id')
      .executeTakeFirstOrThrow()
    const people = [await world.idOf('amina'), await world.idOf('ingrid')]
    const ids = { organizationIds: [], workgroupIds: [] }
    const leaving = { organizationId, lastDay: '2026-01-10', movedTo: undefined }
    const agentId = await world.idOf(agent)
    const id = await store.write(async tx => {
      const made = await createMany(tx, agentId, people, now())
      if (isEntered) await putEntry(tx, made, 'left', { reason: 'Spring.', leaving, give: ids, take: ids })
      return made
    })
    return `/helpdesk/many/${id}${end}`
  }

const manyPages: Pages = {
  '/helpdesk/many/:id': [by(agent, 'selected', selected(''))],
  ...Object.fromEntries(
    manyVerbs.map(verb => [
      `/helpdesk/many/:id/${verb}`,
      [
        by(agent, 'empty', selected(`/${verb}`)),
        after(agent, 'refused', selected(`/${verb}`), { reason: '' }, 'Continue'),
      ],
    ]),
  ),
  '/helpdesk/many/:id/check': [by(agent, 'the preview', selected('/check', true))],
}

/** Every page of the console. */
export const consolePages: Pages = {
  ...manyPages,
  '/helpdesk/policy/two-step-duties': [
    by(agent, 'one duty', '/helpdesk/policy/two-step-duties'),
    after(
      agent,
      'refused',
      '/helpdesk/policy/two-step-duties',
      { who: '', from: '', reason: '' },
      'Continue',
    ),
    after(
      agent,
      'to be confirmed',
      '/helpdesk/policy/two-step-duties',
      { who: 'role user', from: '2031-01-15', reason: 'All of us.' },
      'Continue',
    ),
  ],
  '/helpdesk': [
    by(agent, 'queues', '/helpdesk'),
    by('ingrid', 'for an agent', '/helpdesk'),
    inTrouble(by(agent, 'queues', '/helpdesk')),
  ],
  '/helpdesk/people': [
    by(agent, 'a full page', '/helpdesk/people?q=crowd'),
    by(agent, 'nobody found', '/helpdesk/people?q=zzzz'),
    by(agent, 'long names', '/helpdesk/people?q=kon'),
    by(agent, 'right-to-left names', '/helpdesk/people?q=يسرى'),
  ],
  '/helpdesk/people/new': [
    by(agent, 'empty', '/helpdesk/people/new'),
    after(agent, 'refused', '/helpdesk/people/new', { firstName: '' }, 'Continue'),
    after(agent, 'check the answers', '/helpdesk/people/new', fresh, 'Continue'),
  ],
  '/helpdesk/people/:id': [
    by(agent, 'in good order', ofPerson('amina')),
    inTrouble(by(agent, 'a message refused', ofPerson('amina'))),
    by(agent, 'locked out', ofPerson('rosa')),
    by(agent, 'long names', ofPerson(longNames)),
    by(agent, 'right-to-left names', ofPerson('yusra')),
    by(agent, 'without an email address', ofPerson('sven')),
    personWithApplications(agent),
    by('ingrid', 'of an administrator, for an agent', ofPerson('jamal')),
  ],
  ...verbPages,
  '/helpdesk/people/:id/temporary-password': [
    by(agent, 'with a number on file', ofPerson('amina', '/temporary-password')),
    by(agent, 'with nothing on file', ofPerson('sven', '/temporary-password')),
  ],
  '/helpdesk/people/:id/details': [
    by(agent, 'as it is', ofPerson('dolores', '/details')),
    after(agent, 'refused', ofPerson('dolores', '/details'), { workPhone: 'call me', workExtension: 'x' }),
  ],
  '/helpdesk/people/:id/code-card': [
    by(agent, 'to be confirmed', ofPerson('amina', '/code-card')),
    cardSheet,
  ],
  ...placePages('organization'),
  ...placePages('workgroup'),
  ...versionPages,
  ...applicationPages,
  ...newsPages,
  ...coursePages,
  ...standingPages,
  ...policyPages,
  ...single('/helpdesk/training'),
  ...single('/helpdesk/audit'),
  '/helpdesk/audit/verify': [by(agent, 'not checked yet', '/helpdesk/audit/verify'), verifyUnderWay],
  ...single('/helpdesk/reports'),
  ...single('/helpdesk/reports/people'),
  ...single('/helpdesk/reports/acceptances'),
  ...single('/helpdesk/reports/audit'),
  '/helpdesk/reports/access': [
    by(agent, 'as it is', '/helpdesk/reports/access'),
    after(agent, 'refused', '/helpdesk/reports/access', { from: '2020-01-01', reason: '' }),
  ],
  ...single('/helpdesk/reports/ended'),
  ...filePages,
  ...single('/helpdesk/sheets'),
}
