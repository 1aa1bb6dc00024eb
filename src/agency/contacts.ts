import { sql } from 'kysely'
import { isOpenTo } from '../account/kept-apart.ts'
import {
  type Act,
  mayStill,
  permissionsRecord,
  takeSubject,
  touch,
  type VerbOutcome,
  type VerbParts,
} from '../administration/act.ts'
import { type Place, placesThen } from '../administration/places.ts'
import { isId, readReachIn } from '../administration/reach.ts'
import { done, type Outcome, type RefusalOf, refuse } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Services } from '../session/services.ts'
import type { Role } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'

export type AgencyParts = VerbParts & Pick<Services, 'settings'>
export type AgencyCode = RefusalOf<'account'> | RefusalOf<'agency'>
export type AgencyOutcome<Value> = Outcome<Value, AgencyCode>

type Reader = Store['read'] | Tx['db']

/** Contacts that count: of organizations that are there, by people who belong to them and whom no other one shelters. */
const contactsIn = (db: Reader) =>
  db
    .selectFrom('agency_contact')
    .innerJoin('organization', 'organization.id', 'agency_contact.organization_id')
    .innerJoin('account_organization', join =>
      join
        .onRef('account_organization.account_id', '=', 'agency_contact.account_id')
        .onRef('account_organization.organization_id', '=', 'agency_contact.organization_id'),
    )
    .where('is_active', '=', 1)
    .where('retired_at', 'is', null)
    .where(isOpenTo(sql.ref('agency_contact.organization_id'), sql.ref('agency_contact.account_id')))

/** The organizations that somebody is the contact of, by name. */
export const organizationsOf = (db: Reader, accountId: string): Promise<readonly Place[]> =>
  contactsIn(db)
    .select(['organization.id', 'name'])
    .where('agency_contact.account_id', '=', accountId)
    .orderBy('name_key')
    .execute()

/** A contact as they are written to. */
export interface Contact {
  readonly id: string
  readonly email: string
  readonly first_name: string
  readonly last_name: string
  readonly language: string
}

/** The contacts of an organization who can sign in. */
export const contactsOf = (db: Reader, organizationId: string): Promise<readonly Contact[]> =>
  contactsIn(db)
    .innerJoin('account', 'account.id', 'agency_contact.account_id')
    .select(['account.id', 'email', 'first_name', 'last_name', 'language'])
    .where('agency_contact.organization_id', '=', organizationId)
    .where('deactivated_at', 'is', null)
    .orderBy('account.id')
    .execute()

/** The contact who acts at the agency's desk, and the organization. */
export interface ContactAct {
  readonly agent: Act['agent']
  readonly organizationId: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Tells, as the desk writes, whether the contact is still that organization's: the form may be an hour old. */
export async function isStillContact(tx: Tx, { agent, organizationId, now }: ContactAct): Promise<boolean> {
  if (!(await mayStill(tx, agent, now))) return false
  return (await organizationsOf(tx.db, agent.actor)).some(({ id }) => id === organizationId)
}

/** Nobody acts at once on staff or on a contact, themselves included: that is for the helpdesk. */
export const isPlain = async (
  tx: Tx,
  { id, role }: { readonly id: string; readonly role: Role },
): Promise<boolean> => role === 'user' && (await organizationsOf(tx.db, id)).length === 0

/**
 * Make contact: somebody asks and vouches for these of their organizations, and for no others; none takes the role away.
 * Only who looks after everyone appoints. What is signed in ends.
 */
export async function makeContact(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  organizationIds: readonly string[],
): Promise<VerbOutcome<{ readonly organizations: readonly Place[] }>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const { actor, role } = act.agent
  if (isId(actor) && (await readReachIn(tx.db, { id: actor, role })) !== undefined)
    return refuse({ code: 'account.not-yours' })
  const before = (await organizationsOf(tx.db, act.subjectId)).map(({ id }) => id)
  const wanted = [...new Set(organizationIds)]
  if (!(await areTheirs(tx, act.subjectId, wanted)))
    return refuse({ code: 'account.no-such-organization', field: 'contactOf' })
  if (!(await mayBeNamedIn(tx, act.subjectId, wanted)))
    return refuse({ code: 'account.kept-apart', field: 'contactOf' })
  await tx.db
    .deleteFrom('agency_contact')
    .where('account_id', '=', act.subjectId)
    .where('organization_id', 'not in', ['', ...wanted])
    .execute()
  const added = wanted.filter(id => !before.includes(id))
  if (added.length > 0)
    await tx.db
      .insertInto('agency_contact')
      .values(added.map(organization_id => ({ account_id: act.subjectId, organization_id, since: act.now })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
  await touch(tx, act)
  const ended = await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  const organizations = await placesThen(tx, 'organization', wanted)
  await parts.audit.record(
    tx,
    permissionsRecord(act, {
      change: 'contact',
      before: await placesThen(tx, 'organization', before),
      after: organizations,
      ended,
    }),
  )
  return done({ organizations })
}

async function areTheirs(tx: Tx, accountId: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true
  const found = await tx.db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select('organization.id')
    .where('account_id', '=', accountId)
    .where('organization.id', 'in', ids)
    .where('is_active', '=', 1)
    .where('retired_at', 'is', null)
    .execute()
  return found.length === ids.length
}

/** A contact is named to those whom they work with; who works for a victim service provider is named to no other organization. */
async function mayBeNamedIn(tx: Tx, accountId: string, ids: readonly string[]): Promise<boolean> {
  const open = await tx.db
    .selectFrom('organization')
    .select('id')
    .where('id', 'in', ['', ...ids])
    .where(isOpenTo(sql.ref('organization.id'), sql`${accountId}`))
    .execute()
  return open.length === ids.length
}
