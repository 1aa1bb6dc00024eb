import type { Selectable } from 'kysely'
import { foldName } from '../account/names.ts'
import { hashToken, newId, newToken } from '../store/ids.ts'
import { preparedWith, type SlotOf } from '../store/prepared.ts'
import type { ApplicationTable, Flag } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Allowed, Application } from './rules.ts'

/** What is registered; the rest follows. */
export type NewApplication = Omit<Application, 'id' | 'createdAt' | 'disabledAt' | 'lastUsedAt' | 'version'>

const flag = (value: boolean): Flag => (value ? 1 : 0)

const applicationOf = (row: Selectable<ApplicationTable>): Application => ({
  id: row.id,
  name: row.name,
  purpose: row.purpose,
  preset: row.preset,
  launchUrl: row.launch_url ?? undefined,
  redirectUris: JSON.parse(row.redirect_uris) as readonly string[],
  signOutUris: JSON.parse(row.sign_out_uris) as readonly string[],
  backchannelUri: row.backchannel_uri ?? undefined,
  tokenForm: row.token_form,
  pkceException: row.pkce_exception ?? undefined,
  takesFormPost: row.takes_form_post === 1,
  pairwise: row.pairwise === 1,
  needsSecondStep: row.needs_second_step === 1,
  asksWorkplace: row.asks_workplace === 1,
  refreshIsActivity: row.refresh_is_activity === 1,
  allowed: JSON.parse(row.allowed) as Allowed,
  createdAt: row.created_at,
  disabledAt: row.disabled_at,
  lastUsedAt: row.last_used_at,
  version: row.version,
})

const rowOf = (given: NewApplication) => ({
  name: given.name,
  name_key: foldName(given.name),
  purpose: given.purpose,
  preset: given.preset,
  launch_url: given.launchUrl ?? null,
  redirect_uris: JSON.stringify(given.redirectUris),
  sign_out_uris: JSON.stringify(given.signOutUris),
  backchannel_uri: given.backchannelUri ?? null,
  token_form: given.tokenForm,
  pkce_exception: given.pkceException ?? null,
  takes_form_post: flag(given.takesFormPost),
  pairwise: flag(given.pairwise),
  needs_second_step: flag(given.needsSecondStep),
  asks_workplace: flag(given.asksWorkplace),
  refresh_is_activity: flag(given.refreshIsActivity),
  allowed: JSON.stringify(given.allowed),
})

const applicationById = preparedWith((db, slot: SlotOf<'id'>) =>
  db.selectFrom('application').selectAll().where('id', '=', slot<string>('id')),
)

export async function findApplication(
  store: Pick<Store, 'read' | 'ask'>,
  id: string,
): Promise<Application | undefined> {
  const [row] = await applicationById(store, { id })
  return row && applicationOf(row)
}

export async function listApplications({ read }: Pick<Store, 'read'>): Promise<readonly Application[]> {
  const rows = await read.selectFrom('application').selectAll().orderBy('name_key').execute()
  return rows.map(applicationOf)
}

/** Registers an application; a name that is taken throws what `isTaken` knows. @returns the client id. */
export async function createApplication(tx: Tx, given: NewApplication, now: number): Promise<string> {
  const id = newId(now).replaceAll('-', '')
  await tx.db
    .insertInto('application')
    .values({ id, ...rowOf(given), created_at: now, version: 1 })
    .execute()
  return id
}

/** Changes what was shown at `version`. @returns whether it was still at it. */
export async function changeApplication(
  tx: Tx,
  id: string,
  version: number,
  given: NewApplication,
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('application')
    .set(eb => ({ ...rowOf(given), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** Secrets that an application may have at once, so that one can be changed without a pause. */
export const mostSecrets = 2

export interface KnownSecret {
  readonly id: string
  readonly hash: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

const secretsByApplication = preparedWith((db, slot: SlotOf<'application'>) =>
  db
    .selectFrom('application_secret')
    .selectAll()
    .where('application_id', '=', slot<string>('application'))
    .orderBy('id'),
)

export async function secretsOf(
  store: Pick<Store, 'read' | 'ask'>,
  applicationId: string,
): Promise<readonly KnownSecret[]> {
  const rows = await secretsByApplication(store, { application: applicationId })
  return rows.map(row => ({
    id: row.id,
    hash: row.secret_hash,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }))
}

/** Adds a secret of 256 random bits, of which the store keeps only a hash. @returns the secret, for this once. */
export async function addSecret(tx: Tx, applicationId: string, now: number): Promise<string> {
  const secret = newToken()
  await tx.db
    .insertInto('application_secret')
    .values({
      id: newId(now),
      application_id: applicationId,
      secret_hash: hashToken(secret),
      created_at: now,
      last_used_at: null,
    })
    .execute()
  return secret
}

/** How many secrets an application has, which nobody else changes until the transaction ends. */
export async function lockedSecrets(tx: Tx, applicationId: string): Promise<number> {
  await tx.db
    .updateTable('application')
    .set(eb => ({ version: eb.ref('version') }))
    .where('id', '=', applicationId)
    .execute()
  const { count } = await tx.db
    .selectFrom('application_secret')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('application_id', '=', applicationId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** @returns whether there was such a secret. */
export async function removeSecret(tx: Tx, applicationId: string, secretId: string): Promise<boolean> {
  const removed = await tx.db
    .deleteFrom('application_secret')
    .where('application_id', '=', applicationId)
    .where('id', '=', secretId)
    .executeTakeFirst()
  return removed.numDeletedRows === 1n
}

/** Shuts or opens an application. @returns whether that changed anything. */
export async function setDisabled(tx: Tx, id: string, at: number | null): Promise<boolean> {
  const changed = await tx.db
    .updateTable('application')
    .set({ disabled_at: at })
    .where('id', '=', id)
    .where('disabled_at', at === null ? 'is not' : 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}
