import { sendsMail } from '../../administration/welcome.ts'
import { letter } from '../../mail/letter.ts'
import { queueMail } from '../../mail/queue.ts'
import { paragraph } from '../../mail/render.ts'
import { administrators } from '../../session/access.ts'
import { insideRoute, type Route, redirectSaying, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { type HelpdeskParts, writeAs } from '../shared/console.ts'
import { type TestOutcome, wordsFor } from './words.ts'

const kind = 'test-message'

/** Sends an administrator a message of their own, to try the mail server. */
export const testMessageRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('POST', '/helpdesk/policy/test-message', administrators, async visit =>
    redirectSaying(visit, '/helpdesk/policy', await queueTest(parts, visit)),
  ),
]

/** One at a time: whoever presses again waits for the first. */
async function queueTest(parts: HelpdeskParts, visit: Visit<Session>): Promise<TestOutcome> {
  const { services } = parts
  if (!sendsMail(services.settings)) return 'test-no-server'
  const { id } = visit.visitor.person
  const { subject, text } = wordsFor(visit.language).testMail
  const policy = policyOf(visit.visitor)
  return writeAs(parts, visit, async tx => {
    const { email, first_name: firstName } = await tx.db
      .selectFrom('account')
      .select(['email', 'first_name'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (email === '') return 'test-no-address'
    const waiting = await tx.db
      .selectFrom('mail')
      .select('id')
      .where('account_id', '=', id)
      .where('kind', '=', kind)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (waiting !== undefined) return 'test-under-way'
    const body = letter({ language: visit.language, policy, subject, firstName }, [paragraph(text)])
    await queueMail(
      tx,
      services.keyring,
      { kind, accountId: id, recipient: email, subject, ...body },
      visit.now,
    )
    await services.audit.record(tx, {
      event: 'sensitive_update',
      ...visit.trace(),
      subject: id,
      args: { what: kind },
    })
    return 'test-queued'
  })
}
