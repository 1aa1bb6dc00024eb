import type { TypedWay } from '../common/way.ts'
import { parseBackupCode } from './code.ts'
import { backupCodesLeft, removeBackupCodes, takeBackupCode } from './store.ts'

/** One of the codes that were saved when the second step was turned on. */
export const backupCode: TypedWay = {
  name: 'backup-code',
  counter: accountId => `backup ${accountId}`,
  parse: parseBackupCode,
  take: takeBackupCode,
  recordOfUse: async (tx, accountId) => ({
    event: 'authn_recovery_code_used',
    args: { left: await backupCodesLeft(tx.db, accountId) },
  }),
  remove: removeBackupCodes,
  refusals: {
    empty: 'verification.backup-empty',
    misshapen: 'verification.not-a-backup-code',
    wrong: 'verification.backup-wrong',
    used: 'verification.backup-used',
    waiting: 'verification.backup-waiting',
  },
}
