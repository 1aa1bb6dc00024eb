import {
  issueSecret,
  type Registrar,
  type RegistryCode,
  switchApplication,
  withdrawSecret,
} from '../../applications/registry.ts'
import type { Application } from '../../applications/rules.ts'
import type { KnownSecret } from '../../applications/store.ts'
import { mostSecrets } from '../../applications/store.ts'
import type { Audit } from '../../audit/audit.ts'
import { endApplication } from '../../openid/visits.ts'
import { done, type Outcome } from '../../refusals.ts'
import type { Tx } from '../../store/store.ts'

/** What an administrator does to an application, each behind a page of its own. */
export const actNames = ['add-secret', 'remove-secret', 'end', 'disable', 'enable'] as const
export type ActName = (typeof actNames)[number]

interface Given {
  readonly application: Pick<Application, 'id' | 'disabledAt'>
  readonly secrets: readonly KnownSecret[]
}

/** What can be done to an application as it is. Pure. */
export const actsFor = ({ application, secrets }: Given): readonly ActName[] => [
  secrets.length < mostSecrets ? 'add-secret' : 'remove-secret',
  'end',
  application.disabledAt === null ? 'disable' : 'enable',
]

/** The one of these names. */
export const isActName = (text: string): text is ActName => (actNames as readonly string[]).includes(text)

/** Does it. @returns a new secret, which is shown this once. */
export async function doAct(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  name: ActName,
  id: string,
  secretId: string,
): Promise<Outcome<string | undefined, RegistryCode>> {
  switch (name) {
    case 'add-secret':
      return issueSecret(audit, tx, registrar, id)
    case 'remove-secret':
      return withdrawSecret(audit, tx, registrar, id, secretId)
    case 'end':
      await endApplication(audit, tx, registrar, id)
      return done(undefined)
    case 'disable':
    case 'enable':
      return switchApplication(audit, tx, registrar, id, name === 'enable')
  }
}
