import { indexLeftOver } from '../account/index-words.ts'
import { formerLifetime } from '../openid/keys.ts'
import { pendingLifetime } from '../session/limits.ts'
import type { Services } from '../session/services.ts'
import { forgetQuiet } from '../throttle/store.ts'
import { forgetKept } from '../verification/common/kept.ts'

const hour = 3_600_000
const day = 24 * hour

/** Milliseconds for which rows are kept after they have lost their use. */
const kept = {
  /** Long enough to say why a session ended. */
  session: 30 * day,
  form: hour,
  link: 30 * day,
  /** Since the last try: the helpdesk sees for so long what was sent to whom. What waits is never removed. */
  mail: 90 * day,
  /** Time enough to look at a checked file and to import it. */
  import: day,
  /** Time enough to go on with a selection of people, and to send it twice. */
  many: day,
  /** Entries to applications that are over, and what these were told of it. */
  visit: 30 * day,
} as const

/**
 * Removes what has lost its use: quiet counters, backup codes that are no longer shown, dead sign-ins, forms, links, ended mail, files given for import, selections of people, and what
 * applications held.
 * Writes the words by which people are found where an import died before it came to them.
 */
export async function cleanUp(services: Services, now: number): Promise<string> {
  const { store } = services
  const counts = await store.write(async tx => {
    const { db } = tx
    const throttles = await forgetQuiet(db, now)
    const secrets = await forgetKept(services, tx, now)
    const results = [
      await db
        .deleteFrom('pending_sign_in')
        .where('created_at', '<', now - pendingLifetime)
        .executeTakeFirst(),
      await db
        .deleteFrom('session')
        .where('created_at', '<', now - kept.session)
        .executeTakeFirst(),
      await db
        .deleteFrom('kept_form')
        .where('kept_at', '<', now - kept.form)
        .executeTakeFirst(),
      await db
        .deleteFrom('one_time_link')
        .where('expires_at', '<', now - kept.link)
        .executeTakeFirst(),
      await db
        .deleteFrom('mail')
        .where('state', 'in', ['sent', 'refused'])
        .where('next_try_at', '<', now - kept.mail)
        .executeTakeFirst(),
      await db
        .deleteFrom('people_import')
        .where('changed_at', '<', now - kept.import)
        .executeTakeFirst(),
      await db.deleteFrom('openid_token').where('expires_at', '<', now).executeTakeFirst(),
      await db
        .deleteFrom('application_visit')
        .where('ended_at', '<', now - kept.visit)
        .executeTakeFirst(),
      await db
        .deleteFrom('logout_notice')
        .where('next_try_at', 'is', null)
        .where('created_at', '<', now - kept.visit)
        .executeTakeFirst(),
      await db
        .deleteFrom('signing_key')
        .where('stage', '=', 'former')
        .where('changed_at', '<=', now - formerLifetime)
        .executeTakeFirst(),
      await db
        .deleteFrom('many_act')
        .where('created_at', '<', now - kept.many)
        .executeTakeFirst(),
      await db.deleteFrom('own_computer').where('expires_at', '<', now).executeTakeFirst(),
      await db.deleteFrom('spent_challenge').where('expires_at', '<', now).executeTakeFirst(),
    ]
    return [throttles, secrets, ...results.map(({ numDeletedRows }) => Number(numDeletedRows))]
  })
  const [throttles, secrets, pending, sessions, forms, links, mails, imports, ...more] = counts
  const [tokens, visits, notices, keys, selections, ownComputers, challenges] = more
  const indexed = await indexLeftOver(store, now)
  return JSON.stringify({
    throttles,
    secrets,
    pending,
    sessions,
    forms,
    links,
    mails,
    imports,
    tokens,
    visits,
    notices,
    keys,
    selections,
    ownComputers,
    challenges,
    indexed,
  })
}
