import type { Store } from '../store/store.ts'

/** Milliseconds for which a JWT works that nobody can take back. */
export const jwtLifetime = 5 * 60_000

/** What became of the applications that a session had open. */
export interface LeftOpen {
  readonly closed: readonly string[]
  /** They hold a token that works until then. */
  readonly lasting: { readonly names: readonly string[]; readonly until: number }
  /** They hear of it when they next ask. */
  readonly unaware: readonly string[]
}

interface Row {
  readonly name: string
  readonly token_form: 'opaque' | 'jwt'
  readonly backchannel_uri: string | null
  readonly ended_at: number | null
  /** What went wrong when the application was told. */
  readonly last_error: string | null
}

/** Sorts what was read. Pure. */
function leftOpenOf(rows: readonly Row[]): LeftOpen {
  const named = (isOne: (row: Row) => boolean) => rows.filter(isOne).map(({ name }) => name)
  const isLasting = ({ token_form }: Row) => token_form === 'jwt'
  const isTold = ({ backchannel_uri, last_error }: Row) => backchannel_uri !== null && last_error === null
  const ends = rows.filter(isLasting).map(({ ended_at }) => (ended_at ?? 0) + jwtLifetime)
  return {
    closed: named(row => !isLasting(row) && isTold(row)),
    lasting: { names: named(isLasting), until: Math.max(0, ...ends) },
    unaware: named(row => !isLasting(row) && !isTold(row)),
  }
}

/** The applications that a session has open, by name. */
export async function readOpenNames(
  { read }: Pick<Store, 'read'>,
  sessionId: string,
): Promise<readonly string[]> {
  const rows = await read
    .selectFrom('application_visit')
    .innerJoin('application', 'application.id', 'application_visit.application_id')
    .select('name')
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .orderBy('name_key')
    .execute()
  return rows.map(({ name }) => name)
}

/** The applications that ended with a session; undefined: none. */
export async function readLeftOpen(
  { read }: Pick<Store, 'read'>,
  sessionId: string,
): Promise<LeftOpen | undefined> {
  const rows = await read
    .selectFrom('application_visit')
    .innerJoin('application', 'application.id', 'application_visit.application_id')
    .leftJoin('logout_notice', join =>
      join
        .onRef('logout_notice.session_id', '=', 'application_visit.session_id')
        .onRef('logout_notice.application_id', '=', 'application_visit.application_id'),
    )
    .select(['name', 'token_form', 'backchannel_uri', 'ended_at', 'last_error'])
    .where('application_visit.session_id', '=', sessionId)
    .where('ended_at', 'is not', null)
    .orderBy('name_key')
    .execute()
  return rows.length === 0 ? undefined : leftOpenOf(rows)
}
