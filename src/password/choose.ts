import type { Policy } from '../policy/table.ts'
import { done, type Outcome, type Refusal, type RefusalOf, refuse } from '../refusals.ts'
import type { Person } from '../session/visitor.ts'
import type { Store } from '../store/store.ts'
import { loadBlocklist } from './blocklist.ts'
import { newPassword } from './fields.ts'
import type { Hasher, StoredHash } from './hashing.ts'
import { checkNewPassword, type PasswordProblem } from './rules.ts'
import { organizationNames, readHashes } from './store.ts'
import { readTemporaryPassword } from './temporary.ts'

interface ChoiceParts {
  readonly store: Store
  readonly hasher: Hasher
}

/** The person who chooses: the password may not be made of their names. */
type Chooser = Pick<Person, 'id' | 'username' | 'firstName' | 'lastName' | 'email'>

type ChoiceOutcome = Outcome<StoredHash, RefusalOf<'password'> | 'request.busy'>

/**
 * Checks a new password against the policy, the lists, the one in force and the former ones, and hashes it. Every
 * missing rule is told at once.
 */
export async function choosePassword(
  { store, hasher }: ChoiceParts,
  person: Chooser,
  entry: { readonly password: string; readonly confirm: string },
  policy: Policy,
): Promise<ChoiceOutcome> {
  const context = { ...person, organizations: await organizationNames(store, person.id) }
  const problems = checkNewPassword(
    { ...entry, policy: policy.passwordPolicy, context },
    await loadBlocklist(),
  )
  if (problems.length > 0) return refuse(...problems.map(refusalOf))
  const hashes = await readHashes(store, person.id, policy.passwordHistory)
  const candidates = [hashes.current, ...hashes.former].filter(hash => hash !== undefined)
  for (const stored of candidates) {
    for (const text of readingsOf(entry.password)) {
      const same = await hasher.verify(text, stored)
      if (same.busy) return refuse({ code: 'request.busy' })
      if (same.value)
        return refuse({
          code: stored === hashes.current ? 'password.same-as-current' : 'password.used-before',
          field: newPassword.name.password,
        })
    }
  }
  const hash = await hasher.hash(entry.password)
  return hash.busy ? refuse({ code: 'request.busy' }) : done(hash.value)
}

/**
 * The password, what is left without blanks around it, and the temporary password that it may be: a blank more is no new
 * password, and neither is the one on the sheet in capitals.
 */
const readingsOf = (password: string): ReadonlySet<string> =>
  new Set([password, password.trim(), readTemporaryPassword(password)])

const refusalOf = (code: PasswordProblem): Refusal<PasswordProblem> => ({
  code,
  field: newPassword.name[code === 'password.mismatch' ? 'confirm' : 'password'],
})
