import { readSharers } from '../../account/sign-in-emails.ts'
import { checkChange, readPolicyState } from '../../policy/policy.ts'
import type { PolicyCode } from '../../policy/rules.ts'
import { type PolicyName, policyTable } from '../../policy/table.ts'
import { type Refusal, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import {
  insideRoute,
  isSession,
  type Proof,
  type Route,
  redirectSaying,
  routeOf,
  type Subject,
  send,
  type Visit,
} from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import type { Form } from '../../web/request.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { storeChange } from './change.ts'
import { confirmPage, editPage } from './edit-pages.ts'
import { logoRoutes } from './logo.ts'
import { policyPage } from './pages.ts'
import {
  type Entry,
  isDangerous,
  isDangerousChange,
  isPolicyName,
  readEntry,
  toField,
  wantedValue,
} from './rules.ts'
import { countConcerned, readPolicyHistory } from './store.ts'
import { testMessageRoutes } from './test-message.ts'
import { testOutcomes } from './words.ts'

const one = '/helpdesk/policy/:name'

/** Policy. The addresses of the logo, which is a file, and of the test message come before those of the values, which they look like. */
export const policyRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk/policy', administrators, visit => showPolicy(parts, visit)),
  ...logoRoutes(parts),
  ...testMessageRoutes(parts),
  routeOf(
    'GET',
    one,
    administrators,
    valueOfAddress,
    async (visit, name) => show(parts, visit, name, await visit.kept(), []),
    { proof },
  ),
  routeOf('POST', one, administrators, valueOfAddress, (visit, name) => postValue(parts, visit, name), {
    proof,
    keep: { path: one },
  }),
]

const nameOf = ({ c }: Visit): PolicyName | undefined => {
  const name = c.req.param('name') ?? ''
  return isPolicyName(name) ? name : undefined
}

const valueOfAddress: Subject<PolicyName> = { find: async visit => nameOf(visit) }

/** A change that can lock people out, or weakens a lock, asks for the password again. */
function proof(visit: Visit): Proof {
  const name = nameOf(visit)
  if (name === undefined || !isSession(visit)) return 'recent'
  const asks =
    visit.c.req.method === 'POST'
      ? isDangerousChange(policyOf(visit.visitor), name, wantedValue(name, visit.form))
      : isDangerous(name)
  return asks ? 'fresh' : 'recent'
}

async function showPolicy({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const did = visit.said() ?? ''
  const view = {
    state: await readPolicyState(services.store),
    history: await readPolicyHistory(services.store),
    did: isPolicyName(did) ? did : undefined,
    tested: testOutcomes.find(outcome => outcome === did),
    personId: visit.visitor.person.id,
  }
  return send(visit, policyPage(await consoleFrame(visit, 'policy'), view))
}

async function show(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  name: PolicyName,
  form: Form,
  refusals: readonly Refusal<PolicyCode>[],
): Promise<Response> {
  const { store } = services
  const state = await readPolicyState(store)
  const isLate = refusals.some(({ code }) => code === 'policy.changed-meanwhile')
  const page = editPage(await consoleFrame(visit, 'policy'), {
    name,
    state,
    typed: typedIn(form, name) ?? toField(state.policy[name]),
    reason: form.get('reason'),
    refusals,
    history: await readPolicyHistory(store, name),
    sharers: name === 'emailSignIn' && !state.policy.emailSignIn ? await readSharers(store.read) : [],
    missed: isLate
      ? { changes: await readPolicyHistory(store), since: Number(form.get('seen')) || 0 }
      : undefined,
    now: visit.now,
  })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

function typedIn(form: Form, name: PolicyName): string | undefined {
  if (form.has('default')) return toField(policyTable[name].default)
  return form.has('value') ? form.get('value') : undefined
}

/** A policy that moved since the guard asked for the password, or did not, is another than the one it judged by. */
async function postValue(parts: HelpdeskParts, visit: Visit<Session>, name: PolicyName): Promise<Response> {
  const state = await readPolicyState(parts.services.store)
  const { entry, refusals } = readEntry(state.policy, name, visit.form)
  const isAsProven = state.policy[name] === policyOf(visit.visitor)[name]
  const late: readonly Refusal<PolicyCode>[] =
    state.version === entry.seenVersion && isAsProven ? [] : [{ code: 'policy.changed-meanwhile' }]
  const checked = checkChange(state.policy, name, entry.value)
  const all = [...late, ...(checked.ok ? [] : checked.refusals), ...refusals]
  if (all.length > 0 || !checked.ok) return show(parts, visit, name, visit.form, all)
  if (isDangerousChange(state.policy, name, checked.value) && !entry.isSure) {
    const count = await countConcerned(parts.services.store, name, checked.value, visit.now)
    const { reason } = entry
    const page = confirmPage(await consoleFrame(visit, 'policy'), {
      name,
      state,
      after: checked.value,
      reason,
      count,
      now: visit.now,
    })
    return send(visit, page)
  }
  return change(parts, visit, name, entry)
}

async function change(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  name: PolicyName,
  entry: Entry,
): Promise<Response> {
  const refused = await storeChange(parts, visit, name, entry)
  return refused.length > 0
    ? show(parts, visit, name, visit.form, refused)
    : redirectSaying(visit, `/helpdesk/policy`, name)
}
