import { fullName } from '../../account/names.ts'
import { type Issued, preparePassword } from '../../administration/credential.ts'
import { giveableBy, readPlaces } from '../../administration/places.ts'
import { holds, readReach, readViewer } from '../../administration/reach.ts'
import { verbWords } from '../../administration/words.ts'
import { type DeskNoticeKind, noticeFromDesk, type RecordPart } from '../../mail/desk-notices.ts'
import { type Outcome, type Refusal, refuse, statusOf } from '../../refusals.ts'
import { administrators, staff } from '../../session/access.ts'
import { answerBusy, waitOfAgent } from '../../session/agent-limits.ts'
import { type Route, redirectSaying, routeOf, sayWhenAgain, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { newCardCodes } from '../../verification/code-card/code.ts'
import { prepareCard } from '../../verification/code-card/store.ts'
import type { Form } from '../../web/request.ts'
import { readActivity } from '../shared/activity.ts'
import { changesSince } from '../shared/activity-pages.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import type { ConsoleCode } from '../shared/refusal-words.ts'
import { sheetPage } from '../shared/sheet.ts'
import { cardSheetPage } from './card-sheet.ts'
import { type Deed, doVerb, type Handed, noticeOf } from './do-verb.ts'
import { personOfAddress, personToAppoint, personToManage, refusedHere } from './routes.ts'
import type { PersonFacts } from './store.ts'
import { verbPage } from './verb-pages.ts'
import { type Entry, needsOf, readEntry, type VerbName, verbNames } from './verb-rules.ts'
import { wordsFor } from './verb-words.ts'

/** The verbs that put a temporary password in force. */
const passwordVerbs: readonly VerbName[] = ['temporary-password', 'mail-link']

/** Each verb's page and what its button does. Only administrators give roles and limits. */
export const verbRoutes = (parts: HelpdeskParts): readonly Route[] =>
  verbNames.flatMap(action => {
    const path = `/helpdesk/people/:id/${action}`
    const access = action === 'role' || action === 'scope' ? administrators : staff
    const person = action === 'contact' ? personToAppoint(parts) : personToManage(parts)
    const { proof } = needsOf(action)
    const asked = { counts: 'look-up', ...(proof && { proof }) } as const
    return [
      routeOf(
        'GET',
        path,
        access,
        person,
        async (visit, found) => show(parts, visit, action, found, await visit.kept(), []),
        { ...asked, reads: 'person' },
      ),
      routeOf('POST', path, access, person, (visit, found) => postVerb(parts, visit, action, found), {
        ...asked,
        keep: { path },
        deed: ({ language }) => {
          const words = wordsFor(language)
          return words.deed(words.names[action])
        },
      }),
    ]
  })

async function show(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  action: VerbName,
  person: PersonFacts,
  form: Form,
  list: readonly Refusal<ConsoleCode>[],
): Promise<Response> {
  const { temporaryPasswordHours, timeZone } = policyOf(visit.visitor)
  const isStale = list.some(({ code }) => code === 'account.changed-meanwhile')
  const seen = Number(form.get('seen'))
  const { access, move, scope } = needsOf(action)
  const viewer = await readViewer(services.store, visit.visitor)
  const places =
    access || move || scope
      ? await readPlaces(services.store, viewer.reach, visit.visitor.person.role)
      : undefined
  const giveable = await giveableBy(services.store.read, visit.visitor.person.role, viewer.reach)
  const workgroups = person.workgroups.filter(({ id }) => holds(giveable, id))
  const frame = await consoleFrame(visit)
  const page = verbPage(frame, {
    action,
    person: access ? { ...person, workgroups } : person,
    places,
    seesEveryone: viewer.reach === undefined,
    form,
    refusals: list,
    changes: isStale
      ? changesSince(await readActivity(services.store, person.id, viewer), seen, frame.clock, visit.language)
      : [],
    temporaryPasswordHours,
    timeZone,
    now: visit.now,
  })
  sayWhenAgain(visit, list.find(({ until }) => until !== undefined)?.until)
  return send(visit, page, list.length > 0 ? statusOf(list) : 200)
}

async function postVerb(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  action: VerbName,
  person: PersonFacts,
): Promise<Response> {
  const read = readEntry(action, visit.form, policyOf(visit.visitor).timeZone, person)
  if (read.refusals.length > 0) return show(parts, visit, action, person, visit.form, read.refusals)
  const refused = refusedHere(parts, visit, action, person)
  if (refused !== undefined) return show(parts, visit, action, person, visit.form, [{ code: refused }])
  const { credential, details } = needsOf(action)
  const until = (credential || details) && (await waitOfAgent(parts.services, visit, 'credential'))
  if (until) return show(parts, visit, action, person, visit.form, [{ code: 'helpdesk.too-many', until }])
  const prepared = passwordVerbs.includes(action) ? await preparePassword(parts.hasher) : undefined
  if (prepared?.busy) return answerBusy(parts, visit, 'credential')
  const card =
    action === 'code-card' ? await prepareCard(parts.services.keyring, person.id, newCardCodes()) : undefined
  const made = { hash: prepared?.value.hash, card }
  const outcome = await perform(parts, visit, action, person, read.entry, made)
  if (!outcome.ok) return showRefused(parts, visit, action, outcome.refusals)
  const given = outcome.value
  if (given.password !== undefined && prepared !== undefined)
    return showSheet(parts, visit, person, given.password, prepared.value.text)
  if (given.card !== undefined && card !== undefined)
    return send(visit, cardSheetPage(await consoleFrame(visit), person, given.card, card.codes))
  const isSeen = (await personOfAddress(parts).find(visit)) !== undefined
  return redirectSaying(visit, isSeen ? `/helpdesk/people/${person.id}` : '/helpdesk/people', action)
}

/** The refused form beside the account as it is now. */
async function showRefused(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  action: VerbName,
  list: readonly Refusal<ConsoleCode>[],
): Promise<Response> {
  const person = await personOfAddress(parts).find(visit)
  return person === undefined
    ? parts.fail(visit.c, 404)
    : show(parts, visit, action, person, visit.form, list)
}

async function perform(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  action: VerbName,
  person: PersonFacts,
  entry: Entry,
  made: Pick<Deed, 'hash' | 'card'>,
): Promise<Outcome<Handed, ConsoleCode>> {
  const { services } = parts
  const act = {
    agent: agentOf(visit),
    subjectId: person.id,
    reason: entry.reason,
    ...(entry.ticket !== undefined && { ticket: entry.ticket }),
    now: visit.now,
    ...(entry.seenVersion !== undefined && { seenVersion: entry.seenVersion }),
    ...(entry.identified !== undefined && { identified: entry.identified }),
  }
  const { keyring, settings } = services
  const scope = await readReach(services.store, visit.visitor)
  return writeAs(parts, visit, async tx => {
    const tell = (kind: DeskNoticeKind, found: readonly RecordPart[] = []) =>
      noticeFromDesk({ keyring, origin: settings.LINTEL_ORIGIN }, tx, kind, person.id, {
        policy: policyOf(visit.visitor),
        now: visit.now,
        moment: entry.moment,
        parts: found,
      })
    const isQuiet = entry.quiet && scope === undefined
    const tellOld = isQuiet ? undefined : () => tell('email-changed')
    const deed = {
      act,
      entry,
      scope,
      tellOld,
      policy: policyOf(visit.visitor),
      ...made,
    }
    const outcome = await doVerb(services, tx, action, deed)
    const notice = noticeOf[action]
    if (outcome.ok && notice !== undefined) await tell(notice)
    const changed = outcome.ok ? (outcome.value.changed ?? []) : []
    if (changed.length > 0) await tell('record-changed', changed)
    return outcome.ok ? outcome : refuse(...outcome.refusals)
  })
}

async function showSheet(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  person: PersonFacts,
  issued: Issued,
  temporaryPassword: string,
): Promise<Response> {
  const page = sheetPage(await consoleFrame(visit), {
    kind: 'issued',
    personId: person.id,
    name: fullName(person.firstName, person.lastName),
    username: person.username,
    temporaryPassword,
    expiresAt: issued.expiresAt,
    origin: services.settings.LINTEL_ORIGIN,
    timeZone: policyOf(visit.visitor).timeZone,
    warning: issued.bar && verbWords.bars[issued.bar],
  })
  return send(visit, page)
}
