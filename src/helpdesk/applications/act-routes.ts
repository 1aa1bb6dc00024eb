import type { Application } from '../../applications/rules.ts'
import { secretsOf } from '../../applications/store.ts'
import { refuse, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import { type Route, redirectSaying, routeOf, send, type Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readReason } from '../shared/reason.ts'
import { actPage, secretPage } from './act-pages.ts'
import { type ActName, actNames, doAct } from './acts.ts'
import { applicationOfAddress, problemsOf, type Refusals, registrarOf } from './address.ts'
import { applicationsBase } from './page.ts'

/** Each act's page and what its button does. */
export const actRoutes = (parts: HelpdeskParts): readonly Route[] =>
  actNames.flatMap(name => {
    const path = `${applicationsBase}/:id/${name}`
    const subject = applicationOfAddress(parts)
    return [
      routeOf('GET', path, administrators, subject, (visit, found) => showAct(parts, visit, name, found), {
        proof: 'fresh',
      }),
      routeOf('POST', path, administrators, subject, (visit, found) => postAct(parts, visit, name, found), {
        proof: 'fresh',
        keep: { path },
      }),
    ]
  })

async function show(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  given: { readonly name: ActName; readonly application: Application; readonly reason: string },
  list: Refusals = [],
): Promise<Response> {
  const [older] = await secretsOf(services.store, given.application.id)
  const view = { ...given, secretId: older?.id ?? '', problems: problemsOf(list) }
  const page = actPage(await consoleFrame(visit, 'applications'), view)
  return send(visit, page, list.length > 0 ? statusOf(list) : 200)
}

async function showAct(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  name: ActName,
  application: Application,
): Promise<Response> {
  const reason = (await visit.kept()).get('reason')
  return show(parts, visit, { name, application, reason })
}

async function postAct(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  name: ActName,
  application: Application,
): Promise<Response> {
  const { services } = parts
  const { reason, refusals } = readReason(visit.form)
  const outcome =
    refusals.length > 0
      ? refuse(...refusals)
      : await writeAs(parts, visit, tx =>
          doAct(
            services.audit,
            tx,
            registrarOf(visit, reason),
            name,
            application.id,
            visit.form.get('secret'),
          ),
        )
  if (!outcome.ok) return show(parts, visit, { name, application, reason }, outcome.refusals)
  if (outcome.value === undefined) return redirectSaying(visit, `${applicationsBase}/${application.id}`, name)
  const page = secretPage(await consoleFrame(visit, 'applications'), {
    id: application.id,
    name: application.name,
    issuer: services.settings.LINTEL_ORIGIN,
    secret: outcome.value,
    isNew: false,
  })
  return send(visit, page)
}
