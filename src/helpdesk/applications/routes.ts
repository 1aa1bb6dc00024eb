import { readViewer } from '../../administration/reach.ts'
import { listLinks } from '../../applications/links.ts'
import { editApplication, registerApplication } from '../../applications/registry.ts'
import type { Application } from '../../applications/rules.ts'
import { findApplication, listApplications, secretsOf } from '../../applications/store.ts'
import { refuse, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import { insideRoute, type Route, redirectSaying, routeOf, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { readActivity } from '../shared/activity.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readReason } from '../shared/reason.ts'
import { readVersion } from '../shared/version.ts'
import { secretPage } from './act-pages.ts'
import { actRoutes } from './act-routes.ts'
import { actsFor, isActName } from './acts.ts'
import { applicationOfAddress, problemsOf, type Refusals, registrarOf, unlessTaken } from './address.ts'
import { blankEntry, checkEntry, type Entry, entryOf, readApplicationEntry } from './entry.ts'
import { applicationFormPage } from './form-page.ts'
import { linkRoutes } from './link-routes.ts'
import { wordsFor as linkWords } from './link-words.ts'
import { applicationsPage } from './list-page.ts'
import { applicationPage, applicationsBase } from './page.ts'
import { countOpen, readFailedNotices, readKnown } from './store.ts'
import { wordsFor } from './words.ts'

const one = `${applicationsBase}/:id`
const [made, edited] = [`${applicationsBase}/new`, `${one}/edit`]
const proof = 'fresh'

/**
 * Applications, for administrators; each change asks for the password, as an application is a way in. The address of a new
 * one comes before those of one, which it looks like.
 */
export function applicationRoutes(parts: HelpdeskParts): readonly Route[] {
  const subject = applicationOfAddress(parts)
  return [
    insideRoute('GET', applicationsBase, administrators, visit => showList(parts, visit)),
    insideRoute('GET', made, administrators, visit => showNew(parts, visit), { proof }),
    insideRoute('POST', made, administrators, visit => postNew(parts, visit), {
      proof,
      keep: { path: made },
    }),
    routeOf('GET', one, administrators, subject, (visit, found) => showOne(parts, visit, found)),
    routeOf('GET', edited, administrators, subject, (visit, found) => showEdit(parts, visit, found), {
      proof,
    }),
    routeOf('POST', edited, administrators, subject, (visit, found) => postEdit(parts, visit, found), {
      proof,
      keep: { path: edited },
    }),
    ...actRoutes(parts),
    ...linkRoutes(parts),
  ]
}

async function showList({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { timeZone } = policyOf(visit.visitor)
  const { did } = linkWords(visit.language)
  const said = visit.said() ?? ''
  const view = {
    list: await listApplications(services.store),
    links: await listLinks(services.store),
    message: Object.hasOwn(did, said) ? did[said as keyof typeof did] : undefined,
    timeZone,
  }
  return send(visit, applicationsPage(await consoleFrame(visit, 'applications'), view))
}

async function showOne(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  application: Application,
): Promise<Response> {
  const { store, settings } = parts.services
  const words = wordsFor(visit.language)
  const said = visit.said() ?? ''
  const secrets = await secretsOf(store, application.id)
  const view = {
    application,
    secrets,
    known: await readKnown(store, application.allowed),
    issuer: settings.LINTEL_ORIGIN,
    acts: actsFor({ application, secrets }),
    open: await countOpen(store, application.id),
    notices: await readFailedNotices(store, application.id),
    history: await readActivity(store, application.id, await readViewer(store, visit.visitor)),
    message: isActName(said) ? words.acts[said].did : said === 'edited' ? words.edited : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
  }
  return send(visit, applicationPage(await consoleFrame(visit, 'applications'), view))
}

async function showForm(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  application: Application | undefined,
  entry: Entry,
  reason: string,
  list: Refusals = [],
): Promise<Response> {
  const view = {
    application,
    entry,
    known: await readKnown(services.store, application?.allowed),
    reason,
    problems: problemsOf(list),
    isLate: list.some(({ code }) => code === 'application.changed-meanwhile'),
  }
  const page = applicationFormPage(await consoleFrame(visit, 'applications'), view)
  return send(visit, page, list.length > 0 ? statusOf(list) : 200)
}

async function showNew(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const kept = await visit.kept()
  const known = await readKnown(parts.services.store, undefined)
  const entry = kept.has('name') ? readApplicationEntry(kept, known, undefined) : blankEntry
  return showForm(parts, visit, undefined, entry, kept.get('reason'))
}

async function postNew(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const entry = readApplicationEntry(visit.form, await readKnown(services.store, undefined), undefined)
  const { reason, refusals } = readReason(visit.form, { needed: false })
  const wrong = [...checkEntry(entry), ...refusals]
  const made =
    wrong.length > 0
      ? refuse(...wrong)
      : await unlessTaken(() =>
          writeAs(parts, visit, tx =>
            registerApplication(services.audit, tx, registrarOf(visit, reason), entry.given),
          ),
        )
  if (!made.ok) return showForm(parts, visit, undefined, entry, reason, made.refusals)
  const page = secretPage(await consoleFrame(visit, 'applications'), {
    ...made.value,
    name: entry.given.name,
    issuer: services.settings.LINTEL_ORIGIN,
    isNew: true,
  })
  return send(visit, page)
}

async function showEdit(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  application: Application,
): Promise<Response> {
  const kept = await visit.kept()
  const entry = kept.has('name')
    ? readApplicationEntry(kept, await readKnown(parts.services.store, application.allowed), application)
    : entryOf(application)
  return showForm(parts, visit, application, entry, kept.get('reason'))
}

async function postEdit(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  application: Application,
): Promise<Response> {
  const { services } = parts
  const { id } = application
  const known = await readKnown(services.store, application.allowed)
  const entry = readApplicationEntry(visit.form, known, application)
  const { reason, refusals } = readReason(visit.form)
  const version = readVersion(visit.form)
  const noVersion = version === undefined ? [{ code: 'application.no-version' } as const] : []
  const wrong = [...checkEntry(entry), ...refusals, ...noVersion]
  const edited =
    wrong.length > 0 || version === undefined
      ? refuse(...wrong)
      : await unlessTaken(() =>
          writeAs(parts, visit, tx =>
            editApplication(services.audit, tx, registrarOf(visit, reason), { id, version }, entry.given),
          ),
        )
  if (edited.ok) return redirectSaying(visit, `${applicationsBase}/${id}`, 'edited')
  const now = (await findApplication(services.store, id)) ?? application
  return showForm(parts, visit, now, entry, reason, edited.refusals)
}
