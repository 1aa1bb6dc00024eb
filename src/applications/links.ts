import type { Audit, PlainEvent } from '../audit/audit.ts'
import type { Facts } from '../audit/evidence.ts'
import { done, type Outcome, type Refusal, type RefusalOf, refuse } from '../refusals.ts'
import { newId } from '../store/ids.ts'
import type { Store, Tx } from '../store/store.ts'
import { isRegistrable } from './addresses.ts'
import type { Registrar } from './registry.ts'

export type LinkCode = RefusalOf<'link'>

/** A plain link on everyone's Home. */
export interface NewLink {
  readonly name: string
  readonly address: string
  /** What it is for, in one line; may be empty. */
  readonly purpose: string
}

export interface HomeLink extends NewLink {
  readonly id: string
  readonly version: number
}

/** Code points at most. */
const longestName = 80
const longestPurpose = 200
const columns = ['id', 'name', 'address', 'purpose', 'version'] as const

/** Everything that is wrong with a link as typed. A place within a page may be named. Pure. */
export function checkLink({ name, address, purpose }: NewLink): readonly Refusal<LinkCode>[] {
  const list: Refusal<LinkCode>[] = []
  const [page = '', ...places] = address.split('#')
  if (name === '' || [...name].length > longestName) list.push({ code: 'link.name', field: 'name' })
  if (!isRegistrable(page) || places.some(place => !/^[\x21-\x7e]{0,200}$/.test(place)))
    list.push({ code: 'link.address', field: 'address' })
  if ([...purpose].length > longestPurpose) list.push({ code: 'link.purpose', field: 'purpose' })
  return list
}

export const listLinks = ({ read }: Pick<Store, 'read'>): Promise<readonly HomeLink[]> =>
  read.selectFrom('home_link').select(columns).orderBy('name').orderBy('id').execute()

export const findLink = ({ read }: Pick<Store, 'read'>, id: string): Promise<HomeLink | undefined> =>
  read.selectFrom('home_link').select(columns).where('id', '=', id).executeTakeFirst()

const record = (
  audit: Audit,
  tx: Tx,
  { actor, address, requestId }: Registrar,
  event: PlainEvent,
  { name, address: to }: NewLink,
  facts: Facts = {},
): Promise<void> =>
  audit.record(tx, {
    event,
    actor,
    ...(address !== undefined && { address }),
    ...(requestId !== undefined && { requestId }),
    args: { what: 'link', name, to, ...facts },
  })

/** Puts a link on Home. */
export async function addLink(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  given: NewLink,
): Promise<Outcome<undefined, LinkCode>> {
  const problems = checkLink(given)
  if (problems.length > 0) return refuse(...problems)
  const row = { id: newId(registrar.now), ...given, created_at: registrar.now, version: 1 }
  await tx.db.insertInto('home_link').values(row).execute()
  await record(audit, tx, registrar, 'sensitive_create', given)
  return done(undefined)
}

type Shown = Pick<HomeLink, 'id' | 'version'>

/** Changes what was shown at `version`. */
export async function changeLink(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  { id, version }: Shown,
  given: NewLink,
): Promise<Outcome<undefined, LinkCode>> {
  const problems = checkLink(given)
  if (problems.length > 0) return refuse(...problems)
  const changed = await tx.db
    .updateTable('home_link')
    .set({ ...given, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return refuse({ code: 'link.changed-meanwhile' })
  await record(audit, tx, registrar, 'sensitive_update', given)
  return done(undefined)
}

/** Takes what was shown at `version` away from Home. */
export async function removeLink(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  { id, version }: Shown,
): Promise<Outcome<undefined, LinkCode>> {
  const removed = await tx.db
    .deleteFrom('home_link')
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(columns)
    .executeTakeFirst()
  if (removed === undefined) return refuse({ code: 'link.changed-meanwhile' })
  await record(audit, tx, registrar, 'sensitive_update', removed, { removed: true })
  return done(undefined)
}
