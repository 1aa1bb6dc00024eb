import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import { siteOf } from '../verification/passkeys/site.ts'
import type { Finding } from './finding.ts'

const what = 'passkeys'

/** Whether browsers keep passkeys for the address, and whether those that people have are of this one. */
export async function lookAtPasskeys(
  { read }: Pick<Store, 'read'>,
  { LINTEL_ORIGIN }: Pick<Settings, 'LINTEL_ORIGIN'>,
): Promise<Finding> {
  const site = siteOf(LINTEL_ORIGIN)
  const keys = await read
    .selectFrom('passkey')
    .select(eb => ['rp_id', eb.fn.countAll<number>().as('number')])
    .where('public_key_sealed', 'is not', null)
    .groupBy('rp_id')
    .execute()
  const number = (isHere: boolean) =>
    keys.reduce((sum, key) => sum + ((key.rp_id === site?.rpId) === isHere ? Number(key.number) : 0), 0)
  const lost = number(false)
  if (site === undefined)
    return {
      what,
      state: 'warn',
      says: `browsers keep none for an IP address: people who type ${LINTEL_ORIGIN} cannot use passkeys or security keys. Give the site a name.`,
    }
  if (lost > 0) {
    const hosts = keys.filter(({ rp_id }) => rp_id !== site.rpId).map(({ rp_id }) => rp_id)
    return {
      what,
      state: 'warn',
      says: `${lost} are of ${hosts.join(', ')} and do not work at ${site.rpId}: their owners use another way or a backup code, and add new ones.`,
    }
  }
  return { what, state: 'good', says: `they work at ${site.rpId}; people have ${number(true)}` }
}
