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

/** What became of an application that a session had open: told, holding a token that lasts, or not aware of it yet. Pure. */
export function fateOf({
  token_form,
  backchannel_uri,
  last_error,
}: Pick<Row, 'token_form' | 'backchannel_uri' | 'last_error'>): keyof LeftOpen {
  if (token_form === 'jwt') return 'lasting'
  return backchannel_uri !== null && last_error === null ? 'closed' : 'unaware'
}

/** Sorts what was read; of an application that several sessions had open the worst is said. Pure. */
function leftOpenOf(rows: readonly Row[]): LeftOpen {
  const named = (fate: keyof LeftOpen) =>
    new Set(rows.filter(row => fateOf(row) === fate).map(({ name }) => name))
  const [closed, lasting, unaware] = [named('closed'), named('lasting'), named('unaware')]
  const ends = rows
    .filter(row => fateOf(row) === 'lasting')
    .map(({ ended_at }) => (ended_at ?? 0) + jwtLifetime)
  return {
    closed: [...closed].filter(name => !unaware.has(name)),
    lasting: { names: [...lasting], until: Math.max(0, ...ends) },
    unaware: [...unaware],
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

/** Visits with the application that was visited, and what went wrong when it was told of their end. */
export const visitsWithFate = ({ read }: Pick<Store, 'read'>) =>
  read
    .selectFrom('application_visit')
    .innerJoin('application', 'application.id', 'application_visit.application_id')
    .leftJoin('logout_notice', join =>
      join
        .onRef('logout_notice.session_id', '=', 'application_visit.session_id')
        .onRef('logout_notice.application_id', '=', 'application_visit.application_id'),
    )
    .select(['name', 'token_form', 'backchannel_uri', 'ended_at', 'last_error'])

/** What ended: one session, or all of a person's at one moment. */
export type Ended = { readonly sessionId: string } | { readonly accountId: string; readonly endedAt: number }

/** The applications that ended with it; undefined: none. */
export async function readLeftOpen(store: Pick<Store, 'read'>, ended: Ended): Promise<LeftOpen | undefined> {
  const visits = visitsWithFate(store).where('ended_at', 'is not', null).orderBy('name_key')
  const rows =
    'sessionId' in ended
      ? await visits.where('application_visit.session_id', '=', ended.sessionId).execute()
      : await visits
          .where('application_visit.account_id', '=', ended.accountId)
          .where('ended_at', '=', ended.endedAt)
          .execute()
  return rows.length === 0 ? undefined : leftOpenOf(rows)
}
