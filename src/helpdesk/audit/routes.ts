import { readReach } from '../../administration/reach.ts'
import { refusals } from '../../refusals.ts'
import { administrators, staff } from '../../session/access.ts'
import { recordRefusal } from '../../session/forgery.ts'
import { insideRoute, type Route, redirect, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { selfRefresh } from '../shared/self-refresh.ts'
import { auditPage } from './pages.ts'
import { pairsOf, readSearch } from './rules.ts'
import { meantBy, readAuditPage } from './store.ts'
import { readVerification, startVerification } from './verification.ts'
import { verifyPage } from './verify-page.ts'

const verifyPath = '/helpdesk/audit/verify'
/** Seconds after which the page asks how far the check is. */
const askAgain = 3

export const auditRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk/audit', staff, visit => showAudit(parts, visit), { counts: 'look-up' }),
  insideRoute('GET', verifyPath, administrators, visit => showVerification(parts, visit)),
  insideRoute('POST', verifyPath, administrators, visit => verify(parts, visit)),
]

/** One page of the log; that it was read is itself recorded, so nobody reads without end. */
async function showAudit(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { store, audit } = parts.services
  const { visitor, c } = visit
  const search = readSearch(name => c.req.query(name))
  const reach = await readReach(store, visitor)
  const { timeZone } = policyOf(visitor)
  const meant = await meantBy(store, search, visitor, reach, timeZone)
  if (meant.is === 'not-theirs') return refuseOthers(parts, visit)
  const found =
    meant.is === 'meant' ? await readAuditPage(store, meant.filter, search.cursor, reach) : undefined
  if (found !== undefined)
    await store.write(tx =>
      audit.record(tx, {
        event: 'sensitive_read',
        ...visit.trace(),
        args: { what: 'audit', ...Object.fromEntries(pairsOf(search)) },
      }),
    )
  const page = auditPage(await consoleFrame(visit, 'audit'), {
    search,
    found,
    unclear: meant.is === 'unclear' ? meant.fields : [],
    isAll: visitor.person.role === 'administrator',
  })
  return send(visit, page, found === undefined ? 422 : 200)
}

/** Somebody else's doings were asked for by who may only read their own. */
export async function refuseOthers({ services, fail }: HelpdeskParts, visit: Visit): Promise<Response> {
  await recordRefusal(services, visit, refusals['account.not-yours'].event, visit.c.req.path)
  return fail(visit.c, 403)
}

async function showVerification({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const verification = await readVerification(services)
  const refresh = verification.state === 'running' ? selfRefresh(visit, verifyPath, askAgain) : undefined
  const { timeZone } = policyOf(visit.visitor)
  return send(visit, verifyPage(await consoleFrame(visit, 'audit'), verification, refresh, timeZone))
}

/** Begins a check, or leads to the one that is under way. */
async function verify(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  await startVerification(parts.services, visit.trace(), work => writeAs(parts, visit, work))
  return redirect(visit, verifyPath)
}
