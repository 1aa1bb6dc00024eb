import { createAccount } from '../src/account/store.ts'
import { setOwnPassword } from '../src/password/store.ts'
import { readPolicy } from '../src/policy/policy.ts'
import { openHasher, openServices } from '../src/services.ts'
import { readSettings } from '../src/settings.ts'
import { currentTerms, recordAcceptance } from '../src/terms/store.ts'
import { addApp } from '../src/verification/app/store.ts'
import { createOrganization, createWorkgroup } from '../src/workspace/store.ts'

export const password = 'Frost-over-7-Lakes!'
/** The secret (base32) of every app that is paired here: reading a code costs the same for each. */
export const appSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

interface Kind {
  readonly name: string
  readonly paired: boolean
}

/**
 * Makes people with no step open: one organization, one workgroup, terms accepted, an own password. One hash serves all,
 * because checking it costs the same for each.
 * @returns their usernames.
 */
export async function makePeople(
  env: Readonly<Record<string, string>>,
  count: number,
  kind: Kind = { name: 'person', paired: false },
): Promise<readonly string[]> {
  const read = readSettings(env)
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const services = await openServices(read.settings)
  const { store } = services
  const now = services.now()
  const hashed = await openHasher(services.keyring).hash(password)
  const terms = await currentTerms(store, now)
  const policy = await readPolicy(store)
  if (hashed.busy || terms === undefined) throw new Error('The store is not as the first start leaves it.')
  const usernames = Array.from({ length: count }, (_, index) => `${kind.name}${index}`)
  await store.write(async tx => {
    const organization = await createOrganization(
      tx,
      { name: `Lakeside Night Shelter of each ${kind.name}`, allows: 'Shelter.' },
      now,
    )
    const workgroup = await createWorkgroup(
      tx,
      { name: `Emergency Shelter Staff of each ${kind.name}`, allows: 'Beds.' },
      now,
    )
    for (const username of usernames) {
      const id = await createAccount(
        tx,
        {
          username,
          firstName: 'Amina',
          lastName: 'Warsame',
          email: `${username}@bench.example`,
          role: 'user',
          organizationIds: [organization],
          workgroupIds: [workgroup],
        },
        now,
      )
      await setOwnPassword(tx, id, hashed.value, policy, now)
      await recordAcceptance(tx, id, terms, now, '127.0.0.1')
      if (kind.paired) await addApp(services, tx, { accountId: id, secret: appSecret, step: 0 }, now)
    }
  })
  await store.close()
  return usernames
}
