import { raiseEveryEpoch } from '../account/store.ts'
import { verifyAudit } from '../audit/verify.ts'
import { openServices } from '../services.ts'
import type { Services } from '../session/services.ts'
import type { Settings } from '../settings.ts'
import type { Tx } from '../store/store.ts'
import { say } from './audit-verify.ts'
import { type Answer, answer } from './command.ts'
import { operator } from './owner.ts'
import { readStandings, type Standing, undone, undoneInWords } from './since-backup.ts'

/** What is known of the store that a backup takes the place of: none there, its accounts, or that it cannot be read. */
export type Replaced = 'none' | 'unreadable' | readonly Standing[]

/**
 * Proves a restored store: its keys fit, its audit log is whole. Then everything that was signed in, mailed or handed out at
 * the time of the backup dies: what has ended or was used since must not come back.
 */
export async function prove(
  settings: Settings,
  where: string,
  replaced: Replaced,
  beforeStart: readonly string[] = [],
): Promise<Answer> {
  const services = await openServices(settings)
  const { store, keyring, audit, now } = services
  try {
    const verdict = await verifyAudit(store, keyring, [], undefined, 'back')
    if (!verdict.whole) return say(verdict)
    const { madeAt } = await store.read
      .selectFrom('audit_record')
      .select(({ fn }) => fn.max('at').as('madeAt'))
      .executeTakeFirstOrThrow()
    const dead = await store.write(async tx => {
      const ended = await endAll(tx, now())
      await audit.record(tx, {
        event: 'sensitive_update',
        actor: operator(),
        args: { what: 'restore', records: verdict.records },
      })
      return ended
    })
    const changes =
      typeof replaced === 'string'
        ? undefined
        : undone(replaced, (await readStandings(settings, now())) ?? [])
    const revived = await revivedKeys(services)
    return answer(
      [
        `The store was restored ${where}. Its audit log is intact: ${verdict.records} records in ${verdict.chains} chains.`,
        `It is as it was on ${new Date(Number(madeAt ?? 0)).toISOString()}: accounts, passwords, 2-step verification, backup codes and roles.`,
        ...(changes === undefined ? [] : undoneInWords(changes)),
        ...(replaced === 'unreadable'
          ? [
              'The store that was there could not be read: who was shut since the backup is not known. Look in your process log.',
            ]
          : []),
        `Ended: ${dead.passwords} temporary passwords, ${dead.links} mailed links, ${dead.messages} messages that waited, ${dead.tokens} codes and tokens of applications.`,
        ...revived.map(
          key =>
            `Key ${key} was retired after this backup. Run "lintel secret retire ${key}" before you start Lintel.`,
        ),
        ...beforeStart,
        'Everyone has to sign in again. Start Lintel now.',
      ],
      {
        ok: true,
        records: verdict.records,
        chains: verdict.chains,
        asOf: Number(madeAt ?? 0),
        ended: dead,
        ...(changes !== undefined && { since: changes }),
        retireAgain: revived,
      },
    )
  } finally {
    await store.close()
  }
}

/** Ends what one can hold in the hand: sessions, links, temporary passwords, tokens, mail with links in it. */
async function endAll(tx: Tx, now: number) {
  const { db } = tx
  await raiseEveryEpoch(tx)
  await db.deleteFrom('pending_sign_in').execute()
  await db.deleteFrom('kept_form').execute()
  const links = await db
    .deleteFrom('one_time_link')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  const passwords = await db
    .updateTable('credential')
    .set({ expires_at: now })
    .where('is_temporary', '=', 1)
    .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  await db.deleteFrom('mail').where('state', '=', 'waiting').where('recipient', '=', '').execute()
  const messages = await db
    .updateTable('mail')
    .set({ state: 'refused', body_sealed: null, last_error: 'ERESTORE', server_said: null })
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  const tokens = await db.deleteFrom('openid_token').executeTakeFirst()
  await db.updateTable('application_visit').set({ ended_at: now }).where('ended_at', 'is', null).execute()
  await db
    .updateTable('logout_notice')
    .set({ next_try_at: null })
    .where('next_try_at', 'is not', null)
    .execute()
  return {
    links: Number(links.numDeletedRows),
    passwords: Number(passwords.numUpdatedRows),
    messages: Number(messages.numUpdatedRows),
    tokens: Number(tokens.numDeletedRows),
  }
}

/** Keys that the secret file calls retired, and the store of the backup does not. */
async function revivedKeys({
  store,
  keyring,
}: Pick<Services, 'store' | 'keyring'>): Promise<readonly string[]> {
  const rows = await store.read
    .selectFrom('secret_key')
    .select('id')
    .where('retired_at', 'is', null)
    .execute()
  return rows.flatMap(({ id }) => (keyring.endsOf(id) === undefined ? [] : [id]))
}
