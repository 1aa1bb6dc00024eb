import type { Services } from './services.ts'
import type { Read, Visit } from './visit.ts'

/** Names and values of an address that the log keeps at most, and code units of each value. */
const [mostNames, longestValue] = [12, 200]

/** What a list was asked for by, as it stands in the address. */
function filterOf({ c }: Visit): Readonly<Record<string, string>> {
  const asked = Object.entries(c.req.query()).filter(([, value]) => value !== '')
  return Object.fromEntries(
    asked.slice(0, mostNames).map(([name, value]) => [name, value.slice(0, longestValue)]),
  )
}

/** Notes who looks at whom: one record for a page, whoever is on it. `subject` is the one person whom it shows. */
export async function recordRead(
  { store, audit }: Pick<Services, 'store' | 'audit'>,
  visit: Visit,
  what: Read,
  subject: string | undefined,
): Promise<void> {
  const filter = filterOf(visit)
  await store.write(tx =>
    audit.record(tx, {
      event: 'sensitive_read',
      ...visit.trace(),
      ...(subject !== undefined && { subject }),
      args: { what, ...(Object.keys(filter).length > 0 && { filter }) },
    }),
  )
}
