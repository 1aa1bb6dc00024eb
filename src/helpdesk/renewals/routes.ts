import { isId, readReach } from '../../administration/reach.ts'
import { renewalAsCsv } from '../../agency/renewal-facts.ts'
import {
  closeRenewal,
  countAudience,
  readRenewal,
  readRenewalProgress,
  readRenewalResult,
  readRenewals,
  readRenewalTotal,
  startRenewal,
} from '../../agency/renewals.ts'
import type { Refusal } from '../../refusals.ts'
import { administrators, staff } from '../../session/access.ts'
import {
  insideRoute,
  type Route,
  redirectSaying,
  routeOf,
  type Subject,
  send,
  type Visit,
} from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import type { RenewalTable } from '../../store/schema.ts'
import { readCourses } from '../../training/courses.ts'
import type { Form } from '../../web/request.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { checkRenewalPage, newRenewalPage, renewalPage, renewalsBase, renewalsPage } from './pages.ts'
import { type RenewalCode, readNewRenewal } from './rules.ts'
import { wordsFor } from './words.ts'

/** Renewals are of everyone: administrators start and close them, who looks after everyone sees how far they are. */
export function renewalRoutes(parts: HelpdeskParts): readonly Route[] {
  const { store } = parts.services
  const one: Subject<RenewalTable> = {
    async find({ c }) {
      const id = c.req.param('id') ?? ''
      return isId(id) ? readRenewal(store.read, id) : undefined
    },
    may: async visit => (await readReach(store, visit.visitor)) === undefined,
  }
  const [made, path] = [`${renewalsBase}/new`, `${renewalsBase}/:id`]
  const proof = 'fresh'
  return [
    insideRoute('GET', renewalsBase, staff, visit => showList(parts, visit)),
    insideRoute('GET', made, administrators, async visit => showNew(parts, visit, await visit.kept(), []), {
      proof,
    }),
    insideRoute('POST', made, administrators, visit => postNew(parts, visit), {
      proof,
      keep: { path: made },
    }),
    routeOf('GET', path, staff, one, (visit, renewal) => showRenewal(parts, visit, renewal)),
    routeOf(
      'POST',
      `${path}/close`,
      administrators,
      one,
      (visit, renewal) => postClose(parts, visit, renewal),
      { proof, keep: { path } },
    ),
    routeOf('GET', `${path}/export`, staff, one, (visit, renewal) => exportResult(parts, visit, renewal), {
      proof,
      counts: 'look-up',
    }),
  ]
}

const zoneOf = (visit: Visit<Session>): string => policyOf(visit.visitor).timeZone

async function showList({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const page = renewalsPage(await consoleFrame(visit, 'renewals'), {
    renewals: await readRenewals(services.store),
    mayStart: visit.mayOpen(`${renewalsBase}/new`),
    timeZone: zoneOf(visit),
  })
  return send(visit, page)
}

async function readOffered({ services: { store } }: HelpdeskParts) {
  const places = (table: 'organization' | 'workgroup') =>
    store.read
      .selectFrom(table)
      .select(['id', 'name'])
      .where('retired_at', 'is', null)
      .orderBy('name_key')
      .execute()
  return {
    organizations: await places('organization'),
    workgroups: await places('workgroup'),
    courses: await readCourses(store.read),
  }
}

async function showNew(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  form: Form,
  refusals: readonly Refusal<RenewalCode>[],
): Promise<Response> {
  const view = { ...(await readOffered(parts)), form, refusals }
  return send(
    visit,
    newRenewalPage(await consoleFrame(visit, 'renewals'), view),
    refusals.length > 0 ? 422 : 200,
  )
}

const idsOf = (places: readonly { readonly id: string }[]) => places.map(({ id }) => id)

async function postNew(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const { form, now } = visit
  const step = form.get('do')
  const offered = await readOffered(parts)
  const ids = {
    organizations: idsOf(offered.organizations),
    workgroups: idsOf(offered.workgroups),
    courses: idsOf(offered.courses),
  }
  const { renewal, refusals } = readNewRenewal(form, ids, zoneOf(visit), now)
  if (refusals.length > 0 || step === 'change') return showNew(parts, visit, form, refusals)
  if (step !== 'start') {
    const people = await countAudience(services.store, renewal.audience, now)
    const view = { form, renewal, people, now, timeZone: zoneOf(visit) }
    return send(visit, checkRenewalPage(await consoleFrame(visit, 'renewals'), view))
  }
  const outcome = await writeAs(parts, visit, tx =>
    startRenewal(services, tx, { agent: agentOf(visit), now }, renewal),
  )
  return outcome.ok
    ? redirectSaying(visit, `${renewalsBase}/${outcome.value}`, 'started')
    : parts.fail(visit.c, 403)
}

async function showRenewal(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  renewal: RenewalTable,
): Promise<Response> {
  const { did } = wordsFor(visit.language)
  const said = visit.said() ?? ''
  const page = renewalPage(await consoleFrame(visit, 'renewals'), {
    renewal,
    progress: await readRenewalProgress(services.store.read, renewal.id, undefined),
    total: await readRenewalTotal(services.store.read, renewal.id),
    message: Object.hasOwn(did, said) ? did[said as keyof typeof did] : undefined,
    mayClose: visit.mayOpen(`${renewalsBase}/new`),
    timeZone: zoneOf(visit),
  })
  return send(visit, page)
}

async function postClose(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  renewal: RenewalTable,
): Promise<Response> {
  const act = { agent: agentOf(visit), now: visit.now }
  const outcome = await writeAs(parts, visit, tx => closeRenewal(parts.services, tx, act, renewal.id))
  return redirectSaying(visit, `${renewalsBase}/${renewal.id}`, outcome.ok ? 'closed' : '')
}

async function exportResult(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  renewal: RenewalTable,
): Promise<Response> {
  const { services } = parts
  const lines = await readRenewalResult(services.store.read, renewal.id)
  await writeAs(parts, visit, tx =>
    services.audit.record(tx, {
      event: 'sensitive_read',
      ...visit.trace(),
      args: { what: 'renewal', id: renewal.id, form: 'csv', rows: lines.length },
    }),
  )
  visit.c.header('content-disposition', `attachment; filename="renewal-${renewal.id}.csv"`)
  return visit.c.body(renewalAsCsv(lines), 200, { 'content-type': 'text/csv; charset=utf-8' })
}
