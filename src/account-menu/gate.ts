import type { Hasher } from '../password/hashing.ts'
import { readHashes } from '../password/store.ts'
import type { ReauthenticationParts } from '../session/reauthentication-check.ts'
import type { Services } from '../session/services.ts'
import { checkKey } from '../verification/key-step.ts'
import { keyForm } from '../verification/passkeys/fields.ts'
import { checkSecondStep } from '../verification/ways.ts'

/** What the gate to Security Settings asks: the password in force, and the second step where one is paired. */
export function gateChecks(services: Services, hasher: Hasher): ReauthenticationParts {
  return {
    services,
    async verifyPassword(accountId, password) {
      const { current } = await readHashes(services.store, accountId, 0)
      const verified = await hasher.verify(password, current)
      return verified.busy ? undefined : verified.value
    },
    checkSecondFactor: (visit, text) =>
      keyForm.read(visit.form).passkey === ''
        ? checkSecondStep(services, text, visit)
        : checkKey(services, visit),
  }
}
