import { isId } from '../../administration/reach.ts'
import {
  addLink,
  changeLink,
  findLink,
  type HomeLink,
  type LinkCode,
  type NewLink,
  removeLink,
} from '../../applications/links.ts'
import { registryWords } from '../../applications/words.ts'
import { type Refusal, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import {
  insideRoute,
  type Route,
  redirectSaying,
  routeOf,
  type Subject,
  send,
  type Visit,
} from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import { tidyLine } from '../../web/line.ts'
import type { Form } from '../../web/request.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readVersion } from '../shared/version.ts'
import { registrarOf } from './address.ts'
import { linkPage, linksBase } from './link-pages.ts'
import { applicationsBase } from './page.ts'

const added = `${linksBase}/new`
const one = `${linksBase}/:id`

const proof = 'fresh'

/** The links on Home. Each change asks for the password: everyone follows them. */
export function linkRoutes(parts: HelpdeskParts): readonly Route[] {
  const subject: Subject<HomeLink> = {
    async find({ c }) {
      const id = c.req.param('id') ?? ''
      return isId(id) ? findLink(parts.services.store, id) : undefined
    },
  }
  return [
    insideRoute('GET', added, administrators, showNew, { proof }),
    insideRoute('POST', added, administrators, visit => postNew(parts, visit), {
      proof,
      keep: { path: added },
    }),
    routeOf('GET', one, administrators, subject, showOne, { proof }),
    routeOf('POST', one, administrators, subject, (visit, link) => postOne(parts, visit, link), {
      proof,
      keep: { path: one },
    }),
    routeOf(
      'POST',
      `${one}/remove`,
      administrators,
      subject,
      (visit, link) => postRemove(parts, visit, link),
      {
        proof,
      },
    ),
  ]
}

const readEntry = (form: Form): NewLink => ({
  name: tidyLine(form.get('name')),
  address: form.get('address').trim(),
  purpose: tidyLine(form.get('purpose')),
})

async function show(
  visit: Visit<Session>,
  link: HomeLink | undefined,
  entry: NewLink,
  list: readonly Refusal<LinkCode>[] = [],
): Promise<Response> {
  const problems = list.map(({ code, field }) => ({ field, text: registryWords.refusals[code] }))
  const page = linkPage(await consoleFrame(visit, 'applications'), { link, entry, problems })
  return send(visit, page, list.length > 0 ? statusOf(list) : 200)
}

async function showNew(visit: Visit<Session>): Promise<Response> {
  return show(visit, undefined, readEntry(await visit.kept()))
}

async function postNew(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const entry = readEntry(visit.form)
  const outcome = await writeAs(parts, visit, tx =>
    addLink(parts.services.audit, tx, registrarOf(visit, ''), entry),
  )
  return outcome.ok
    ? redirectSaying(visit, applicationsBase, 'added')
    : show(visit, undefined, entry, outcome.refusals)
}

async function showOne(visit: Visit<Session>, link: HomeLink): Promise<Response> {
  const kept = await visit.kept()
  return show(visit, link, kept.has('name') ? readEntry(kept) : link)
}

/** The link as the form's page showed it; one that says no version showed none that there is. */
const shownOf = (visit: Visit<Session>, { id }: HomeLink) => ({ id, version: readVersion(visit.form) ?? 0 })

async function postOne(parts: HelpdeskParts, visit: Visit<Session>, link: HomeLink): Promise<Response> {
  const { audit } = parts.services
  const entry = readEntry(visit.form)
  const shown = shownOf(visit, link)
  const outcome = await writeAs(parts, visit, tx =>
    changeLink(audit, tx, registrarOf(visit, ''), shown, entry),
  )
  return outcome.ok
    ? redirectSaying(visit, applicationsBase, 'changed')
    : show(visit, link, entry, outcome.refusals)
}

async function postRemove(parts: HelpdeskParts, visit: Visit<Session>, link: HomeLink): Promise<Response> {
  const { audit } = parts.services
  const shown = shownOf(visit, link)
  const outcome = await writeAs(parts, visit, tx => removeLink(audit, tx, registrarOf(visit, ''), shown))
  return outcome.ok
    ? redirectSaying(visit, applicationsBase, 'removed')
    : show(visit, link, link, outcome.refusals)
}
