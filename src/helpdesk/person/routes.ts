import { mayManage } from '../../account/rules.ts'
import { isId, readReach, readViewer } from '../../administration/reach.ts'
import { sendsMail } from '../../administration/welcome.ts'
import { refusals } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import type { Entered } from '../../session/reauthentication.ts'
import { insideRoute, type Route, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { readActivity } from '../shared/activity.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { countLook } from '../shared/limits.ts'
import { personPage } from './pages.ts'
import { type PersonFacts, readMails, readPerson } from './store.ts'
import { isVerbName, verbsFor } from './verb-rules.ts'
import { wordsFor as verbWordsFor } from './verb-words.ts'

export const personRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk/people/:id', staff, visit => showPerson(parts, visit)),
]

/**
 * The person of the address, or the answer when there is nobody for this agent: who tries ids is recorded, and who goes
 * through the whole list has to wait.
 */
export async function personOfAddress(
  parts: HelpdeskParts,
  visit: Visit<Session>,
): Promise<Entered<{ readonly person: PersonFacts }>> {
  const { services, fail } = parts
  const tooMany = await countLook(parts, visit)
  if (tooMany !== undefined) return { answer: tooMany }
  const id = visit.c.req.param('id') ?? ''
  const reach = await readReach(services.store, visit.visitor)
  const person = isId(id) ? await readPerson(services, id, reach, visit.now) : undefined
  if (person !== undefined) return { person }
  await services.store.write(tx =>
    services.audit.record(tx, {
      event: refusals['account.not-there'].event,
      ...visit.trace(),
      args: { path: visit.c.req.path },
    }),
  )
  return { answer: await fail(visit.c, 404) }
}

async function showPerson(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const found = await personOfAddress(parts, visit)
  if ('answer' in found) return found.answer
  const { person } = found
  const { store } = parts.services
  const agent = visit.visitor.person.role
  const did = visit.said() ?? ''
  const view = {
    person,
    activity: await readActivity(store, person.id, await readViewer(store, visit.visitor)),
    mails: await readMails(store, person.id),
    actions: verbsFor(person, agent, visit.now).filter(
      action => action !== 'mail-link' || sendsMail(parts.services.settings),
    ),
    mayManage: mayManage(agent, person.role),
    message: isVerbName(did) ? verbWordsFor(visit.language).did[did] : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
    now: visit.now,
  }
  await store.write(tx =>
    parts.services.audit.record(tx, {
      event: 'sensitive_read',
      ...visit.trace(),
      subject: person.id,
      args: { what: 'person' },
    }),
  )
  return send(visit, personPage(await consoleFrame(visit), view))
}
