import { sql } from 'kysely'
import { openIncident } from '../account/incidents.ts'
import { indexWords } from '../account/index-words.ts'
import { foldName } from '../account/names.ts'
import { holdSignInEmails, isSignInEmailTaken, serveEmailsOf } from '../account/sign-in-emails.ts'
import {
  rowOfWork,
  type WorkFacts,
  type WorkField,
  workColumns,
  workFields,
  workOf,
} from '../account/work.ts'
import type { DetailsChanged, Replaced } from '../audit/evidence.ts'
import type { RecordPart } from '../mail/desk-notices.ts'
import { done, refuse } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Tx } from '../store/store.ts'
import { type Act, recordOf, takeWhole, type VerbOutcome, type VerbParts } from './act.ts'
import { checkNames, type PersonEntry, tidyNames } from './entry.ts'
import { changePrimary } from './primary.ts'
import { checkWork, tidyWork } from './work-entry.ts'

export interface Details extends Omit<PersonEntry, 'username'> {
  /** How they are reached at work. Absent: stays as it is. */
  readonly work?: WorkFacts
  /** One of their organizations, or empty for none. Absent: stays as it is. */
  readonly primaryOrganizationId?: string
}

/**
 * Edit details. A new email address ends what is signed in, kills the links mailed to the old one, and counts as a change of what
 * guards the account. `tellOld` is called before the change when there is a new address, so that mail still goes to the old.
 * Without it anyone who reads the old mailbox hears nothing and can do nothing any more: administrators look at it instead.
 * @returns also what else was changed, of which the person is to be told.
 */
export async function editDetails(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  given: Details,
  tellOld: (() => Promise<void>) | undefined,
): Promise<VerbOutcome<{ readonly emailChanged: boolean; readonly changed: readonly RecordPart[] }>> {
  const serves = await holdSignInEmails(tx)
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  const entry = tidyNames(given)
  const work = given.work && tidyWork(given.work)
  const problems = [...checkNames(entry), ...(work === undefined ? [] : checkWork(work))]
  if (problems.length > 0) return refuse(...problems)
  if (serves && (await isSignInEmailTaken(tx.db, foldName(entry.email), act.subjectId)))
    return refuse({ code: 'account.email-taken', field: 'email' })
  const before = await tx.db
    .selectFrom('account')
    .select(['first_name', 'last_name', 'email', ...workColumns])
    .where('id', '=', act.subjectId)
    .executeTakeFirstOrThrow()
  const primary =
    given.primaryOrganizationId === undefined
      ? undefined
      : await changePrimary(tx, act.subjectId, given.primaryOrganizationId)
  if (given.primaryOrganizationId !== undefined && primary === undefined)
    return refuse({ code: 'account.no-such-organization', field: 'primaryOrganization' })
  const emailChanged = mailboxOf(before.email) !== mailboxOf(entry.email)
  if (emailChanged) {
    await killLinks(tx, act.subjectId, tellOld === undefined)
    if (tellOld === undefined) await openIncident(tx, act.subjectId, 'old-address-not-told', act.now)
    else await tellOld()
  }
  await tx.db
    .updateTable('account')
    .set({
      first_name: entry.firstName,
      last_name: entry.lastName,
      email: entry.email,
      email_key: foldName(entry.email),
      ...(work && rowOfWork(work)),
      ...(emailChanged && { security_changed_at: act.now, email_proven_at: null }),
      version: sql<number>`version + 1`,
    })
    .where('id', '=', act.subjectId)
    .execute()
  if (serves) await serveEmailsOf(tx, [act.subjectId])
  await indexWords(tx, act.subjectId)
  const ended = emailChanged ? await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now) : 0
  const record = {
    ...replaced('firstName', before.first_name, entry.firstName),
    ...replaced('lastName', before.last_name, entry.lastName),
    ...(work && replacedWork(workOf(before), work)),
    ...(primary && primary.before[0]?.id !== primary.after[0]?.id && { primaryOrganization: primary }),
  }
  const facts: DetailsChanged = {
    change: 'details',
    emailChanged,
    ...(emailChanged && { oldTold: tellOld !== undefined, ended }),
    ...replaced('email', before.email, entry.email),
    ...record,
  }
  await parts.audit.record(tx, recordOf(act, 'user_updated', facts))
  return done({ emailChanged, changed: recordParts.filter(part => part in record) })
}

/** The columns by which the person who calls or vouches for them is found. */
const recordParts = [...workFields, 'primaryOrganization'] as const

/** The former value stays in the log. */
const replaced = (name: 'firstName' | 'lastName' | 'email' | WorkField, before: string, after: string) =>
  before === after ? {} : { [name]: { before, after } }

const replacedWork = (before: WorkFacts, after: WorkFacts) =>
  Object.assign({}, ...workFields.map(field => replaced(field, before[field], after[field]))) as Partial<
    Record<WorkField, Replaced>
  >

/**
 * Two addresses are one mailbox when only the case of Latin letters is taken for nothing. Signs that look alike, and are found
 * under one key, may lead to another server.
 */
const mailboxOf = (address: string): string => address.replace(/[A-Z]/g, letter => letter.toLowerCase())

/** "This was not me" stays for anyone who held the old address, unless they are not to be told. */
async function killLinks(tx: Tx, accountId: string, all: boolean): Promise<void> {
  await tx.db
    .deleteFrom('one_time_link')
    .where('account_id', '=', accountId)
    .$if(!all, query => query.where('kind', '<>', 'not-me'))
    .execute()
}
