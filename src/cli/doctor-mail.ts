import { readFailure } from '../mail/failure.ts'
import { remedyOf } from '../mail/remedy.ts'
import { tryServer } from '../mail/try-server.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import type { Finding } from './finding.ts'

const what = 'mail'

/** Asks the mail server whether it would take mail from Lintel's sender; nothing is sent. */
export async function lookAtMail(settings: Settings): Promise<Finding> {
  const { SMTP_URL, LINTEL_MAIL_FROM, https } = settings
  if (SMTP_URL === undefined)
    return https
      ? {
          what,
          state: 'warn',
          says: 'SMTP_URL is not set: nobody gets mail, and Forgot password sends people to the helpdesk.',
        }
      : { what, state: 'good', says: 'no SMTP_URL: messages are written to the outbox folder' }
  try {
    await tryServer(settings, SMTP_URL)
    return { what, state: 'good', says: `the mail server takes mail from ${LINTEL_MAIL_FROM}` }
  } catch (error) {
    const failure = readFailure(error)
    return { what, state: 'bad', says: `${remedyOf(failure)} It said: ${failure.said} (${failure.code}).` }
  }
}

/** Messages that a server did not take yet, with its words about the newest. */
export async function lookAtQueue({ read }: Pick<Store, 'read'>): Promise<Finding> {
  const delayed = read.selectFrom('mail').where('state', '=', 'waiting').where('last_error', 'is not', null)
  const { number } = await delayed
    .select(eb => eb.fn.countAll<number>().as('number'))
    .executeTakeFirstOrThrow()
  if (Number(number) === 0)
    return { what: 'mail queue', state: 'good', says: 'no message waits for a second try' }
  const last = await delayed
    .select(['last_error', 'server_said'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return {
    what: 'mail queue',
    state: 'warn',
    says: `${number} ${Number(number) === 1 ? 'message waits' : 'messages wait'} for another try. Of the newest the server said: ${last.server_said ?? ''} (${last.last_error})`,
  }
}
