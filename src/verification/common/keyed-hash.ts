import { createHmac } from 'node:crypto'
import type { Keyring } from '../../store/keyring.ts'

/** The stored form of something that is only compared, by the current key first and then by each older one. */
export function keyedHashes(keyring: Keyring, text: string): [string, ...string[]] {
  const older = keyring.ids
    .filter(id => id !== keyring.currentId)
    .map(id =>
      createHmac('sha256', keyring.key('name', id) ?? '')
        .update(text)
        .digest('base64url'),
    )
  return [keyring.sign('name', text), ...older]
}
