import { createAccount, type NewAccount } from '../../../src/account/store.ts'
import { createPolicy } from '../../../src/policy/policy.ts'
import { createOrganization } from '../../../src/workspace/store.ts'
import type { Opened } from '../database/store.ts'

const plain: NewAccount = {
  username: 'mlee',
  firstName: 'Maria',
  lastName: 'Lee',
  email: 'maria@example.org',
  role: 'user',
  organizationIds: [],
  workgroupIds: [],
}

/** Makes a person in a transaction of its own; what is not given is a plain user's. @returns the account's id. */
export const addPerson = (opened: Opened, given: Partial<NewAccount> = {}): Promise<string> =>
  opened.store.write(tx => createAccount(tx, { ...plain, ...given }, opened.clock.now()))

/** Makes the policy's row, with values other than the defaults when given. */
export const addPolicy = (opened: Opened, overrides: object = {}): Promise<void> =>
  opened.store.write(async tx => {
    await createPolicy(tx)
    await tx.db
      .updateTable('policy')
      .set({ overrides: JSON.stringify(overrides) })
      .execute()
  })

/** Makes an organization with a name of its own. @returns its id. */
export const addOrganization = (opened: Opened, name: string): Promise<string> =>
  opened.store.write(tx => createOrganization(tx, { name, allows: '' }, opened.clock.now()))
