import { readPlaces } from '../../administration/places.ts'
import { holds, isId, readReach } from '../../administration/reach.ts'
import { sendsMail } from '../../administration/welcome.ts'
import { type Refusal, statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import { answerBusy, waitOfAgent } from '../../session/agent-limits.ts'
import { insideRoute, type Route, sayWhenAgain, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import type { Form } from '../../web/request.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { giveAll, preparePasswords } from './issue.ts'
import { mailedPage, printedPage, type Shown, sheetsAddress, sheetsPage } from './pages.ts'
import { readSheets, type SheetsCode, type SheetsEntry } from './rules.ts'
import { readNewcomers, type Wanted } from './store.ts'

export const sheetsRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', sheetsAddress, staff, async visit => show(parts, visit, await visit.kept(), []), {
    proof: 'fresh',
    counts: 'look-up',
    reads: 'sheets',
  }),
  insideRoute('POST', sheetsAddress, staff, visit => postSheets(parts, visit), {
    proof: 'fresh',
    keep: { path: sheetsAddress },
  }),
]

function shownOf(visit: Visit<Session>): Shown {
  const idOf = (name: string) => {
    const given = visit.c.req.query(name)
    return given !== undefined && isId(given) ? given : undefined
  }
  return {
    organizationId: idOf('organization'),
    after: idOf('after'),
    isAll: visit.c.req.query('all') === 'yes',
  }
}

/** An organization that is not the agent's does not limit: for them it is not there. */
async function wantedOf({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Wanted> {
  const reach = await readReach(services.store, visit.visitor)
  const { organizationId } = shownOf(visit)
  return {
    agent: visit.visitor.person.role,
    reach,
    organizationId: organizationId !== undefined && holds(reach, organizationId) ? organizationId : undefined,
  }
}

async function show(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  form: Form,
  refusals: readonly Refusal<SheetsCode>[],
): Promise<Response> {
  const { store, settings } = parts.services
  const wanted = await wantedOf(parts, visit)
  const shown = shownOf(visit)
  const page = sheetsPage(await consoleFrame(visit, 'sheets'), {
    ...(await readNewcomers(store, wanted, shown.after)),
    shown,
    organizations: (await readPlaces(store, wanted.reach, 'helpdesk')).organizations,
    form,
    refusals,
    sendsMail: sendsMail(settings),
    temporaryPasswordHours: policyOf(visit.visitor).temporaryPasswordHours,
    now: visit.now,
  })
  sayWhenAgain(visit, refusals.find(({ until }) => until !== undefined)?.until)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postSheets(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { entry, refusals } = readSheets(visit.form)
  if (refusals.length > 0) return show(parts, visit, visit.form, refusals)
  if (entry.how === 'mail' && !sendsMail(parts.services.settings))
    return show(parts, visit, visit.form, [{ code: 'helpdesk.no-mail' }])
  const until = await waitOfAgent(parts.services, visit, 'sheets')
  if (until !== undefined) return show(parts, visit, visit.form, [{ code: 'sheets.too-often', until }])
  return give(parts, visit, entry)
}

async function give(parts: HelpdeskParts, visit: Visit<Session>, entry: SheetsEntry): Promise<Response> {
  const { services, hasher } = parts
  const passwords = await preparePasswords(hasher, entry.chosen.length)
  if (passwords === undefined) return answerBusy(parts, visit, 'sheets')
  const policy = policyOf(visit.visitor)
  const act = {
    agent: agentOf(visit),
    reason: entry.reason,
    now: visit.now,
  }
  const wanted = await wantedOf(parts, visit)
  const given = await writeAs(parts, visit, tx =>
    giveAll(services, tx, wanted, act, entry, passwords, { policy }),
  )
  const frame = await consoleFrame(visit, 'sheets')
  const leftOut = entry.chosen.length - given.length
  if (entry.how === 'mail') return send(visit, mailedPage(frame, { given, leftOut }))
  const { timeZone } = policy
  return send(
    visit,
    printedPage(frame, { given, leftOut, origin: services.settings.LINTEL_ORIGIN, timeZone }),
  )
}
