import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './schema.ts'
import type { Tx } from './store.ts'

/** What a running Lintel does to the rows of a table beside reading them. */
export type Right = 'insert' | 'update' | 'delete'

const [insert, update, remove]: readonly [Right, Right, Right] = ['insert', 'update', 'delete']

/** Exactly what the program does: a test compares it with the code. Evidence can be added to and not changed. */
export const rightsOfRunning: Readonly<Record<keyof Database, readonly Right[]>> = {
  secret_key: [insert, update],
  policy: [insert, update],
  counter: [insert, update, remove],
  organization: [insert, update],
  workgroup: [insert, update],
  account: [insert, update],
  account_word: [insert, remove],
  account_organization: [insert, update, remove],
  account_workgroup: [insert, remove],
  helpdesk_scope: [insert, remove],
  credential: [insert, update],
  password_history: [insert, remove],
  recovery_question: [insert, update, remove],
  authenticator: [insert, update, remove],
  backup_code: [insert, update, remove],
  code_card: [insert, update],
  passkey: [insert, update],
  spent_challenge: [insert, remove],
  two_step_duty: [insert, update, remove],
  own_computer: [insert, update, remove],
  terms_version: [insert, update],
  terms_draft: [insert, update, remove],
  agency_logo: [insert],
  terms_acceptance: [insert],
  pending_sign_in: [insert, update, remove],
  session: [insert, update, remove],
  kept_form: [insert, update, remove],
  one_time_link: [insert, update, remove],
  throttle: [insert, update, remove],
  audit_chain: [insert, update],
  audit_record: [insert],
  mail: [insert, update, remove],
  news: [insert, update, remove],
  incident: [insert, update],
  job: [insert, update],
  training_candidate: [insert, update, remove],
  people_import: [insert, update, remove],
  people_import_part: [insert, update, remove],
  vendor_list: [insert, update, remove],
  list_mapping: [insert, update, remove],
  application: [insert, update],
  application_secret: [insert, update, remove],
  application_subject: [insert],
  application_visit: [insert, update, remove],
  openid_token: [insert, update, remove],
  signing_key: [insert, update, remove],
  logout_notice: [insert, update, remove],
  home_link: [insert, update, remove],
  agency_contact: [insert, remove],
  leaver_report: [insert, update],
  planned_leave: [insert, remove],
  many_act: [insert, update, remove],
  agency_request: [insert, update],
  access_review: [insert, update],
  access_review_place: [insert, update],
  access_review_line: [insert, update],
  renewal: [insert, update],
  renewal_line: [insert, update],
  renewal_place: [insert, update],
  course: [insert, update],
  course_finish: [insert, update],
}

/** Why a role was given nothing. */
export type GrantTrouble = 'absent' | 'not-owner' | 'too-mighty' | 'shut-out'

/** Takes a transaction back whose outcome is not what was meant. */
export class GrantError extends Error {
  readonly trouble: GrantTrouble
  constructor(trouble: GrantTrouble) {
    super(`no rights were given: ${trouble}`)
    this.trouble = trouble
  }
}

const words: Readonly<Record<Right, RawBuilder<unknown>>> = {
  insert: sql`insert`,
  update: sql`update`,
  delete: sql`delete`,
}

/** One fact of PostgreSQL's catalogue. */
async function holds(db: Kysely<Database>, fact: RawBuilder<boolean>): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean | null }>`select ${fact} as holds`.execute(db)
  return rows[0]?.holds === true
}

const owner = sql`(select relowner from pg_class where oid = 'audit_record'::regclass)`

const tables: readonly (readonly [string, readonly Right[]])[] = [
  ...Object.entries(rightsOfRunning),
  ['schema_version', []],
]
/** Everything that PostgreSQL can let a role do to a table beside reading it. */
const everyRight = ['insert', 'update', 'delete', 'truncate', 'references', 'trigger'] as const
const byColumn = ['insert', 'update', 'references'] as const

/**
 * More than what was given, of any table, by itself or by a role that it may take on or by what everybody may
 * (ASVS V13.2.2, V16.4.2).
 */
function isTooMighty(role: string): RawBuilder<boolean> {
  const more = tables.flatMap(([table, rights]) => {
    const may = new Set<string>(rights)
    const owned = sql<boolean>`pg_has_role(${role}, (select relowner from pg_class where oid = ${table}::regclass), 'member')`
    const beyond = everyRight.filter(right => !may.has(right)).join(', ')
    const columns = byColumn.filter(right => !may.has(right)).join(', ')
    return [
      owned,
      sql<boolean>`has_table_privilege(${role}, ${table}, ${beyond})`,
      sql<boolean>`has_any_column_privilege(${role}, ${table}, ${columns})`,
    ]
  })
  return sql<boolean>`(
    (select rolsuper from pg_roles where rolname = ${role})
    or has_schema_privilege(${role}, current_schema(), 'create')
    or ${sql.join(more, sql` or `)})`
}

/** Tells whether the role that asks could change or remove records of the audit log. */
export const mayRewrite = (db: Kysely<Database>): Promise<boolean> =>
  holds(db, sql<boolean>`has_table_privilege('audit_record', 'update, delete, truncate')`)

const isLetIn = (role: string) => sql<boolean>`
  has_schema_privilege(${role}, current_schema(), 'usage')
  and has_database_privilege(${role}, current_database(), 'connect')`

/**
 * Lets a role of PostgreSQL do what a running Lintel does, and takes from it whatever else it was granted on Lintel's
 * tables. Runs as their owner.
 * @throws GrantError when there is no such role, or when it could do more all the same
 */
export async function grantRunning(tx: Tx, role: string): Promise<void> {
  if (!(await holds(tx.db, sql`exists (select from pg_roles where rolname = ${role})`)))
    throw new GrantError('absent')
  if (!(await holds(tx.db, sql`pg_has_role(${owner}, 'member')`))) throw new GrantError('not-owner')
  const name = sql.id(role)
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(tx.db)
  await sql`grant usage on schema ${sql.id(rows[0]?.schema ?? '')} to ${name}`.execute(tx.db)
  for (const [table, rights] of tables) {
    const given = sql.join([sql`select`, ...rights.map(right => words[right])])
    await sql`revoke all on ${sql.table(table)} from ${name}`.execute(tx.db)
    await sql`grant ${given} on ${sql.table(table)} to ${name}`.execute(tx.db)
  }
  if (await holds(tx.db, isTooMighty(role))) throw new GrantError('too-mighty')
  if (!(await holds(tx.db, isLetIn(role)))) throw new GrantError('shut-out')
}
