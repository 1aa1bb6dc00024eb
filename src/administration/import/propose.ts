import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from '../../store/store.ts'
import { lookalikes, proposals } from '../usernames.ts'
import type { PersonRow } from './rules.ts'
import { takenUsernames } from './store.ts'

/** Rows after which others get their turn. */
const slice = 50

/**
 * Gives each row without a username one that is made from the name, as Create account does: free, and like no other in
 * the file or the store. A row for which there is none keeps a problem that says so.
 */
export async function proposeUsernames(
  { read }: Store,
  rows: readonly PersonRow[],
): Promise<readonly PersonRow[]> {
  const used = new Set(rows.map(({ username }) => username).filter(username => username !== ''))
  const named = new Map<number, string>()
  let open = rows
    .filter(({ username }) => username === '')
    .map(row => ({ row, left: proposals(row.firstName, row.lastName) }))
  while (open.length > 0) {
    const tried: typeof open = []
    for (const [index, { row, left }] of open.entries()) {
      if (index % slice === slice - 1) await turn()
      const at = left.findIndex(name => !isLike(name, used))
      const username = left[at]
      if (username === undefined) continue
      used.add(username)
      tried.push({ row: { ...row, username }, left: left.slice(at + 1) })
    }
    const taken = await takenUsernames(
      read,
      tried.map(({ row }) => row),
    )
    open = tried.filter(({ row }) => isLike(row.username, taken))
    for (const { row } of tried) if (!isLike(row.username, taken)) named.set(row.line, row.username)
  }
  return rows.map(row => {
    if (row.username !== '') return row
    const username = named.get(row.line)
    if (username !== undefined) return { ...row, username }
    return { ...row, problems: [...row.problems, { code: 'account.no-proposal', field: 'username' }] }
  })
}

const isLike = (username: string, others: ReadonlySet<string>): boolean =>
  others.has(username) || lookalikes(username).some(other => others.has(other))
