import { mayManage } from '../../account/rules.ts'
import { isId, readReach, readViewer } from '../../administration/reach.ts'
import { sendsMail } from '../../administration/welcome.ts'
import { staff } from '../../session/access.ts'
import { type Route, routeOf, type Subject, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { readActivity } from '../shared/activity.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { readOpenings } from './openings.ts'
import { personPage } from './pages.ts'
import { verdictOf } from './rules.ts'
import { type PersonFacts, readMails, readPerson } from './store.ts'
import { isVerbName, needsOf, type VerbName, verbsFor } from './verb-rules.ts'
import { wordsFor as verbWordsFor } from './verb-words.ts'

export const personRoutes = (parts: HelpdeskParts): readonly Route[] => [
  routeOf(
    'GET',
    '/helpdesk/people/:id',
    staff,
    personOfAddress(parts),
    (visit, person) => showPerson(parts, visit, person),
    { counts: 'look-up', reads: 'person' },
  ),
]

/** The person that an address names, as they are there for this agent. */
export const personOfAddress = ({ services }: HelpdeskParts): Subject<PersonFacts> => ({
  async find({ c, visitor, now }) {
    const id = c.req.param('id') ?? ''
    return isId(id) ? readPerson(services, id, await readReach(services.store, visitor), now) : undefined
  },
  accountOf: ({ id }) => id,
})

/** The same, for an agent who means to change them. */
export const personToManage = (parts: HelpdeskParts): Subject<PersonFacts> => ({
  ...personOfAddress(parts),
  may: ({ visitor }, { role }) => mayManage(visitor.person.role, role),
})

/** The same, for who looks after everyone: nobody else appoints an agency's contact. */
export const personToAppoint = (parts: HelpdeskParts): Subject<PersonFacts> => ({
  ...personToManage(parts),
  may: ({ visitor }, { role, contactOf }) => contactOf !== undefined && mayManage(visitor.person.role, role),
})

/** Why a verb is not to be had on this site, or not for this person by this agent; undefined: it is. */
export function refusedHere(
  { services }: HelpdeskParts,
  { visitor }: Visit<Session>,
  action: VerbName,
  { isWhole }: Pick<PersonFacts, 'isWhole'>,
): 'helpdesk.no-mail' | 'helpdesk.no-cards' | 'account.works-elsewhere' | undefined {
  if (needsOf(action).whole && !isWhole) return 'account.works-elsewhere'
  if (action === 'mail-link' && !sendsMail(services.settings)) return 'helpdesk.no-mail'
  if (action === 'code-card' && policyOf(visitor).codeCards === 'off') return 'helpdesk.no-cards'
  return undefined
}

async function showPerson(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  person: PersonFacts,
): Promise<Response> {
  const { store } = parts.services
  const agent = visit.visitor.person.role
  const viewer = await readViewer(store, visit.visitor)
  const { can } = verdictOf(person.signIn, visit.now)
  const did = visit.said() ?? ''
  const view = {
    person,
    activity: await readActivity(store, person.id, viewer),
    openings: await readOpenings(store, person, can, viewer.reach, visit.now),
    mails: await readMails(store, person.id),
    actions: verbsFor(person, agent, visit.now).filter(
      action => refusedHere(parts, visit, action, person) === undefined,
    ),
    mayManage: mayManage(agent, person.role),
    seesLog: agent === 'administrator',
    message: isVerbName(did) ? verbWordsFor(visit.language).did[did] : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
    now: visit.now,
  }
  return send(visit, personPage(await consoleFrame(visit), view))
}
