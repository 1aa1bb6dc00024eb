import type { Asker } from '../applications/rules.ts'
import { isCodeProven } from './proofs.ts'
import type { Session } from './visitor.ts'

/** A person as an application's rule sees them, in this sign-in. */
export const askerOf = ({
  person,
  workgroup,
  organization,
  proofs,
}: Pick<Session, 'person' | 'workgroup' | 'organization' | 'proofs'>): Asker => ({
  role: person.role,
  workgroup: workgroup?.id,
  organization: organization?.id,
  hasSecondStep: isCodeProven(proofs),
})
