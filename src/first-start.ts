import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { noteReading } from './account/reading.ts'
import { createAccount } from './account/store.ts'
import { createdThen } from './audit/access-then.ts'
import type { PlaceChanged } from './audit/evidence.ts'
import type { Hasher } from './password/hashing.ts'
import { setTemporaryPassword } from './password/store.ts'
import { makeTemporaryPassword } from './password/temporary.ts'
import { createPolicy, readPolicy } from './policy/policy.ts'
import type { Services } from './session/services.ts'
import type { Tx } from './store/store.ts'
import { publishTerms } from './terms/store.ts'
import { takeOverCourses } from './training/courses.ts'
import { createOrganization, createWorkgroup, type NewPlace } from './workspace/store.ts'

interface FirstAdministrator {
  readonly username: string
  readonly temporaryPassword: string
}

const workgroups = [
  ['HMIS Users', 'Record and read the programs of your organization.', 'helpdesk'],
  ['System Administrators', 'Change accounts, terms and policy.', 'administrators'],
] as const

/**
 * Fills an empty store: policy, terms, the helpdesk's own organization and the first administrator. Of processes that
 * start together one does it.
 * @returns undefined when the store is not new.
 */
export async function firstStart(
  services: Services,
  hasher: Hasher,
  adminEmail: string,
): Promise<FirstAdministrator | undefined> {
  const { store, audit, now } = services
  if ((await store.read.selectFrom('policy').select('id').executeTakeFirst()) !== undefined) return undefined
  const temporaryPassword = makeTemporaryPassword(randomBytes)
  const hashed = await hasher.hash(temporaryPassword)
  if (hashed.busy) throw new Error('The first password could not be hashed.')
  const policy = await readPolicy(store)
  return store.write(async tx => {
    if (!(await createPolicy(tx))) return undefined
    await noteReading(tx)
    const id = await createAdministrator(services, tx, adminEmail)
    await setTemporaryPassword(tx, id, hashed.value, policy, now())
    await publishTerms(tx, { text: defaultTerms(), effectiveAt: now(), by: 'system', now: now() })
    await audit.record(tx, {
      event: 'user_created',
      actor: 'system',
      subject: id,
      args: (await createdThen(tx, [id]))(id),
    })
    return { username: 'admin', temporaryPassword }
  })
}

/** The lines of a start about the way in, until somebody has found it. */
export async function waysIn(
  services: Services,
  hasher: Hasher,
  adminEmail: string,
): Promise<readonly string[]> {
  const made = await firstStart(services, hasher, adminEmail)
  await takeOverCourses(services)
  if (made !== undefined)
    return [`First administrator: username ${made.username}, temporary password ${made.temporaryPassword}`]
  const entered = await services.store.read
    .selectFrom('account')
    .select('id')
    .where('last_sign_in_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return entered === undefined
    ? [
        'Nobody has signed in yet. For a new temporary password of the administrator: lintel account reset admin',
      ]
    : []
}

/** The organization, the workgroups and the account, with the records of what is worked in. */
async function createAdministrator({ audit, now }: Services, tx: Tx, email: string): Promise<string> {
  const made = async (what: 'organization' | 'workgroup', given: NewPlace) => {
    const id = await (what === 'organization' ? createOrganization : createWorkgroup)(tx, given, now())
    const args = { what, name: given.name } satisfies PlaceChanged
    await audit.record(tx, { event: 'sensitive_create', actor: 'system', subject: id, args })
    return id
  }
  const organization = await made('organization', {
    name: 'Helpdesk',
    allows: 'Help people with their accounts.',
  })
  const ids = new Map<string, string>()
  for (const [name, allows, givenBy] of workgroups)
    ids.set(name, await made('workgroup', { name, allows, givenBy }))
  return createAccount(
    tx,
    {
      username: 'admin',
      firstName: 'System',
      lastName: 'Administrator',
      email,
      role: 'administrator',
      organizationIds: [organization],
      workgroupIds: [ids.get('System Administrators') ?? ''],
    },
    now(),
  )
}

/** The terms that a new Lintel begins with. */
const defaultTerms = (): string =>
  readFileSync(new URL('./terms/default-terms.txt', import.meta.url), 'utf8').trim()
