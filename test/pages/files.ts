import { by, type Pages, type State } from './state.ts'
import type { World } from './world.ts'

const agent = 'jamal'

/** Gives a file at an address, and comes to the page behind it. */
const given =
  (address: string, path: string, name: string, content: string, kind = '') =>
  async (world: World) => {
    const client = await world.as(agent)
    await client.get(address)
    const form = new FormData()
    form.set('kind', kind)
    form.set('file', new File([content], name))
    return { path, answer: await client.follow(await client.post(address, form)) }
  }

/** The check of a file of so many rows. */
const checked = (name: string, kind: 'new' | 'update', ...rows: readonly string[]): State => ({
  name,
  show: given('/helpdesk/import', '/helpdesk/import/check', 'people.csv', rows.join('\n'), kind),
})

const checkedFile = checked(
  'with faults',
  'new',
  'First name,Last name,Email,Username,Organizations,Workgroups',
  'Ann,Lee,ann@example.org,annlee2,Lakeside Night Shelter,',
  'Bo,,nowhere,,Not There,',
)

const updates: readonly State[] = [
  checked('update with faults', 'update', 'Username,Work phone', 'amina,later', 'nobody-here,612-555-0123'),
  checked('update', 'update', 'Username,Work phone,Job title', 'amina,612-555-0123,Night lead', 'ingrid,,'),
]

const vendorList = 'Login,Who,Email\nines,Ines Lee,ines@else.example\nghost,Gia Ghost,ghost@else.example'

/** A list of another system whose columns are to be chosen. */
const listToMap: State = {
  name: 'with columns',
  show: given('/helpdesk/compare', '/helpdesk/compare/columns', 'vendor.csv', vendorList),
}

/** An agent's list, which they may remove. */
const listToRemove: State = {
  name: 'a list',
  async show(world) {
    await listToMap.show(world)
    return by(agent, '', '/helpdesk/compare/remove').show(world)
  },
}

/** A file for import whose columns are to be chosen. */
const fileToMap: State = {
  name: 'with columns',
  show: given('/helpdesk/import', '/helpdesk/import/columns', 'vendor.csv', vendorList),
}

/** The same, compared. */
const comparedList: State = {
  name: 'compared',
  async show(world) {
    await listToMap.show(world)
    const client = await world.as(agent)
    await client.get('/helpdesk/compare/columns')
    const answer = await client.follow(await client.submit({ username: 'Login' }))
    return { path: '/helpdesk/compare', answer }
  },
}

/** A file whose accounts are being made, on the page that was told to stand still. */
const importUnderWay: State = {
  name: 'under way, stopped',
  async show(world) {
    const now = world.data.services.now()
    const row = {
      account_id: await world.idOf('ingrid'),
      id: 'under-way',
      file_name: 'people.csv',
      sha256: '',
      state: 'importing' as const,
      rows_all: 4_000,
      rows_refused: 0,
      rows_untrained: 0,
      trouble: null,
      checked_at: now,
      changed_at: now,
    }
    await world.data.services.store.writeOne(db => db.insertInto('people_import').values(row).execute())
    return by('ingrid', '', '/helpdesk/import/check?stop').show(world)
  },
}

/** Pages on which files of people are given, checked and compared. */
export const filePages: Pages = {
  '/helpdesk/import': [by(agent, 'as it is', '/helpdesk/import')],
  '/helpdesk/import/columns': [fileToMap],
  '/helpdesk/import/check': [checkedFile, ...updates, importUnderWay],
  '/helpdesk/compare': [by(agent, 'as it is', '/helpdesk/compare'), comparedList],
  '/helpdesk/compare/columns': [listToMap],
  '/helpdesk/compare/remove': [listToRemove, by('ingrid', 'nothing kept', '/helpdesk/compare/remove')],
}
