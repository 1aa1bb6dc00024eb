import { raiseEveryEpoch } from '../account/store.ts'
import { verifyAudit } from '../audit/verify.ts'
import { openServices } from '../services.ts'
import type { Settings } from '../settings.ts'
import { say } from './audit-verify.ts'
import { type Answer, answer } from './command.ts'
import { operator } from './owner.ts'

/**
 * Proves a restored store: its keys fit, its audit log is whole. Then everything that was signed in or mailed at the time
 * of the backup dies: a session that has ended since must not come back.
 */
export async function prove(
  settings: Settings,
  where: string,
  beforeStart: readonly string[] = [],
): Promise<Answer> {
  const services = await openServices(settings)
  const { store, keyring, audit } = services
  try {
    const verdict = await verifyAudit(store, keyring)
    if (!verdict.whole) return say(verdict)
    await store.write(async tx => {
      await raiseEveryEpoch(tx)
      await tx.db.deleteFrom('pending_sign_in').execute()
      await audit.record(tx, {
        event: 'sensitive_update',
        actor: operator(),
        args: { what: 'restore', records: verdict.records },
      })
    })
    return answer(
      [
        `The store was restored ${where}. Its audit log is intact: ${verdict.records} records in ${verdict.chains} chains.`,
        ...beforeStart,
        'Everyone has to sign in again. Start Lintel now.',
      ],
      { ok: true, records: verdict.records, chains: verdict.chains },
    )
  } finally {
    await store.close()
  }
}
