import { createAccount, type NewAccount } from '../../../src/account/store.ts'
import type { Hasher } from '../../../src/password/hashing.ts'
import { setOwnPassword } from '../../../src/password/store.ts'
import { readPolicy } from '../../../src/policy/policy.ts'
import { openHasher, openServices } from '../../../src/services.ts'
import type { Services } from '../../../src/session/services.ts'
import { readSettings } from '../../../src/settings.ts'
import { currentTerms, recordAcceptance } from '../../../src/terms/store.ts'
import type { Lintel, Scope } from '../process/process.ts'

export interface Beside {
  readonly services: Services
  readonly hasher: Hasher
}

/** Opens the store of a running Lintel from this process, as its command line does; closed after the test. */
export async function openBeside(t: Scope, lintel: Lintel): Promise<Beside> {
  const result = readSettings({ ...lintel.env, LINTEL_DATA: lintel.folder })
  if (!result.ok) throw new Error(result.problems.join(' '))
  const services = await openServices(result.settings)
  t.after(() => services.store.close())
  return { services, hasher: openHasher(services.keyring) }
}

/** Makes a person who has been through the first sign-in: own password, terms accepted. @returns the account's id. */
export async function addSettledPerson(
  { services, hasher }: Beside,
  given: Partial<NewAccount> & { readonly username: string },
  password: string,
): Promise<string> {
  const hash = await hasher.hash(password)
  if (hash.busy) throw new Error('The test hashes too much at once.')
  const now = services.now()
  const policy = await readPolicy(services.store)
  const terms = await currentTerms(services.store, now)
  const plain: NewAccount = {
    username: given.username,
    firstName: 'Maria',
    lastName: 'Lee',
    email: `${given.username}@example.org`,
    role: 'user',
    organizationIds: [],
    workgroupIds: [],
  }
  return services.store.write(async tx => {
    const id = await createAccount(tx, { ...plain, ...given }, now)
    await setOwnPassword(tx, id, hash.value, policy, now)
    if (terms !== undefined) await recordAcceptance(tx, id, terms, now, '127.0.0.1')
    return id
  })
}
