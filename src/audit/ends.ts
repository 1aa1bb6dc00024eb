import type { Ends } from '../store/keyring.ts'
import type { Store } from '../store/store.ts'

/** Where the records of a key end now, in each chain that it signed in. */
export async function readEnds({ read }: Pick<Store, 'read'>, keyId: string): Promise<Ends> {
  const rows = await read
    .selectFrom('audit_record')
    .innerJoin(
      read
        .selectFrom('audit_record')
        .select(({ fn }) => ['chain_id as chain', fn.max('position').as('last')])
        .where('key_id', '=', keyId)
        .groupBy('chain_id')
        .as('end'),
      join => join.onRef('chain_id', '=', 'end.chain').onRef('position', '=', 'end.last'),
    )
    .select(['chain_id', 'position', 'hmac'])
    .execute()
  return new Map(rows.map(({ chain_id, position, hmac }) => [chain_id, { position, hmac }]))
}
