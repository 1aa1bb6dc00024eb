/** Every form of the console, whose agent loses the account, the role or a free hand between the door and the change. */
import assert from 'node:assert/strict'
import type { Act, Agent } from '../../src/administration/act.ts'
import { limitAgent } from '../../src/administration/limit-agent.ts'
import { changeRole } from '../../src/administration/role.ts'
import { deactivate } from '../../src/administration/state.ts'
import type { Database, Role } from '../../src/store/schema.ts'
import type { Store, Tx } from '../../src/store/store.ts'
import { eachEngine } from '../support/database/store.ts'
import { type Desk, openDesk } from '../support/people/desk.ts'
import { forms, makeWorld, otherForms, send } from './every-form.ts'

const operator: Agent = { actor: 'operator:test', role: 'administrator' }

interface Loss {
  readonly role: Role
  readonly lose: (desk: Desk, tx: Tx, id: string) => Promise<unknown>
}

const actOn = ({ clock }: Desk, subjectId: string): Act => ({
  ...{ agent: operator, subjectId, reason: '', now: clock.now() },
})

/** What becomes of an agent while a form is on its way. */
const losses: readonly [Loss, ...Loss[]] = [
  {
    role: 'administrator',
    lose: (desk, tx, id) => deactivate(desk.services, tx, actOn(desk, id)),
  },
  {
    role: 'administrator',
    lose: (desk, tx, id) => changeRole(desk.services, tx, actOn(desk, id), { role: 'user' }),
  },
  {
    role: 'helpdesk',
    lose: (desk, tx, id) => limitAgent(desk.services, tx, actOn(desk, id), [desk.ownOrganization]),
  },
]

/** Tables in which a change of the console would show; the agent's own rows change with the loss. */
const tables = [
  ...(['policy', 'organization', 'workgroup', 'account', 'account_organization', 'helpdesk_scope'] as const),
  ...([
    'credential',
    'recovery_question',
    'authenticator',
    'code_card',
    'terms_version',
    'terms_draft',
  ] as const),
  ...(['one_time_link', 'mail', 'news', 'incident', 'job', 'application', 'application_secret'] as const),
  'home_link',
  'course',
] satisfies readonly (keyof Database)[]

async function stateOf({ store }: Desk, agentId: string): Promise<string> {
  const rows = tables.map(async table => {
    const all: readonly object[] = await store.read.selectFrom(table).selectAll().execute()
    const isOwn = (row: object) =>
      ('id' in row && table === 'account' && row.id === agentId) ||
      ('account_id' in row && row.account_id === agentId)
    return all
      .filter(row => !isOwn(row))
      .map(row => JSON.stringify(row))
      .toSorted()
  })
  return JSON.stringify(await Promise.all(rows))
}

/** What the log says that somebody did, refusals aside. */
async function doneBy({ store }: Desk, actor: string): Promise<readonly string[]> {
  const rows = await store.read
    .selectFrom('audit_record')
    .select('event')
    .where('actor', '=', actor)
    .execute()
  return rows
    .map(({ event }) => event)
    .filter(event => event !== 'authz_fail' && event !== 'malicious_direct_reference')
}

eachEngine(
  'an agent who loses the account, the role or a free hand while a form is on its way changes nothing',
  async (open, _t, engine) => {
    const opened = await open()
    let writes = 0
    let onWrite: (nth: number) => Promise<unknown> = async () => {}
    const store: Store = {
      ...opened.store,
      async write(work) {
        await onWrite(++writes)
        return opened.store.write(work)
      },
    }
    const desk = await openDesk({ ...opened, services: { ...opened.services, store } })
    const posts = desk.routes.filter(({ method, path }) => method === 'POST' && path.startsWith('/helpdesk'))
    const listed = [...Object.keys(forms), ...Object.keys(otherForms)].toSorted()
    assert.deepEqual(posts.map(({ path }) => path).toSorted(), listed, 'a new form is listed')
    let agents = 0

    /** Sends a form whose agent loses their rights before its nth write; 0: never. @returns how many writes it came to. */
    async function attempt(path: string, { role, lose }: Loss, nth: number): Promise<number> {
      const id = await desk.add({ username: `agent${++agents}`, role })
      const caller = await desk.signIn(id)
      const world = await makeWorld(desk, path)
      const before = await stateOf(desk, id)
      writes = 0
      onWrite = async n => n === nth && opened.store.write(tx => lose(desk, tx, id))
      const { status } = await send(caller, path, world)
      const came = writes
      onWrite = async () => {}
      const records = await doneBy(desk, id)
      const what = `${path}, ${role}, lost before write ${nth} of ${came}: ${status}`
      if (nth === 0) {
        assert.ok([200, 303].includes(status) && records.length > 0, `${what}: the form itself is good`)
        return came
      }
      assert.ok([403, 404, 422].includes(status), what)
      assert.deepEqual(records, [], what)
      assert.equal(await stateOf(desk, id), before, what)
      return came
    }

    for (const { path, access } of posts.filter(({ path }) => Object.hasOwn(forms, path))) {
      const isForStaff = access.kind === 'inside' && access.roles?.includes('helpdesk')
      const last = await attempt(path, losses[0], 0)
      const some = engine === 'sqlite' ? losses : losses.slice(0, 1)
      for (const loss of some)
        if (isForStaff || loss.role === 'administrator') await attempt(path, loss, last)
    }
  },
)
