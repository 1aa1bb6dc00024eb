import type { Store } from '../../store/store.ts'
import type { Site } from './site.ts'
import { type Passkey, readPasskeys } from './store.ts'

/** A person's passkeys and security keys that work at this address; those of a former one do not. */
export const readKeysAt = async (
  db: Store['read'],
  accountId: string,
  site: Pick<Site, 'rpId'> | undefined,
): Promise<readonly Passkey[]> =>
  (await readPasskeys(db, accountId)).filter(({ rpId }) => rpId === site?.rpId)
