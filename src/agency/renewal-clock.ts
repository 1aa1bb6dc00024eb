import { sql } from 'kysely'
import { openIncident } from '../account/incidents.ts'
import { moveStanding } from '../account/standing.ts'
import { lockSubject } from '../administration/act.ts'
import type { StandingChanged } from '../audit/evidence.ts'
import { writeToReader } from '../mail/agency-letters.ts'
import type { Policy } from '../policy/table.ts'
import type { Services } from '../session/services.ts'
import type { RenewalTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { dayInWords } from '../web/time.ts'
import { remindersDue } from './campaign.ts'
import { contactsOf } from './contacts.ts'
import { lacksSomething, lacksTraining } from './renewal-facts.ts'
import { closeRenewal, openRenewal, readRenewalProgress } from './renewals.ts'

/** Letters of one run. */
const most = 200
const system = { actor: 'system', role: 'administrator' } as const

/** What a run came to. */
export interface RenewalRun {
  readonly letters: number
  readonly keptOut: number
}

/**
 * What renewals leave to the clock: they open on their first day, note who has renewed, remind, and end by themselves. Of
 * several processes each step is done by one.
 */
export async function runRenewals(
  services: Services,
  policy: Policy,
  now: number,
  stopping: AbortSignal,
): Promise<RenewalRun> {
  const { store } = services
  let [letters, keptOut] = [0, 0]
  for (const planned of await store.read
    .selectFrom('renewal')
    .selectAll()
    .where('closed_at', 'is', null)
    .where('starts_at', '<=', now)
    .execute()) {
    if (stopping.aborted) break
    await store.write(tx => openRenewal(services, tx, planned, now))
    await noteRenewed(services, planned, now)
    if (now < planned.ends_at) {
      letters += await remindPeople(services, policy, planned, now, stopping)
      letters += await remindContacts(services, policy, planned, now)
      continue
    }
    if (planned.keeps_out === 1) keptOut += await keepOut(services, policy, planned, now, stopping)
    if (!stopping.aborted)
      await store.write(tx => closeRenewal(services, tx, { agent: system, now }, planned.id))
  }
  return { letters, keptOut }
}

/** Whoever has done all that is asked is done, whatever is asked later. */
export const noteRenewed = ({ store }: Pick<Services, 'store'>, renewal: RenewalTable, now: number) =>
  store.writeOne(db =>
    db
      .updateTable('renewal_line')
      .set({ done_at: now })
      .where('renewal_id', '=', renewal.id)
      .where('done_at', 'is', null)
      .where(sql<boolean>`not ${lacksSomething(renewal, sql.ref('renewal_line.account_id'), now)}`)
      .execute(),
  )

/** The letter at the beginning and every reminder count as one; whose turn passed unseen gets the last one only. */
const lettersDue = ({ reminders, ends_at }: RenewalTable, now: number): number =>
  1 + remindersDue(JSON.parse(reminders) as readonly number[], ends_at, now)

const lastDay =
  ({ ends_at }: RenewalTable, policy: Policy) =>
  (language: string) =>
    dayInWords(ends_at - 1, policy.timeZone, language)

async function remindPeople(
  services: Services,
  policy: Policy,
  renewal: RenewalTable,
  now: number,
  stopping: AbortSignal,
): Promise<number> {
  const due = lettersDue(renewal, now)
  const open = await services.store.read
    .selectFrom('renewal_line')
    .innerJoin('account', 'account.id', 'account_id')
    .select('account_id')
    .where('renewal_id', '=', renewal.id)
    .where('done_at', 'is', null)
    .where('reminded', '<', due)
    .where('deactivated_at', 'is', null)
    .limit(most)
    .execute()
  let letters = 0
  for (const { account_id } of open) {
    if (stopping.aborted) break
    await services.store.write(async tx => {
      const claimed = await tx.db
        .updateTable('renewal_line')
        .set({ reminded: due })
        .where('renewal_id', '=', renewal.id)
        .where('account_id', '=', account_id)
        .where('done_at', 'is', null)
        .where('reminded', '<', due)
        .returning('account_id')
        .executeTakeFirst()
      if (claimed === undefined) return
      const person = await tx.db
        .selectFrom('account')
        .select(['id', 'email', 'first_name', 'language'])
        .where('id', '=', account_id)
        .executeTakeFirstOrThrow()
      const letter = { kind: 'renewal-person', organization: '', about: renewal.name, path: '/' } as const
      await writeToReader(services, tx, policy, person, { ...letter, day: lastDay(renewal, policy) }, now)
      letters += 1
    })
  }
  return letters
}

async function remindContacts(
  services: Services,
  policy: Policy,
  renewal: RenewalTable,
  now: number,
): Promise<number> {
  const due = lettersDue(renewal, now)
  const places = await services.store.read
    .selectFrom('renewal_place')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['organization_id', 'name'])
    .where('renewal_id', '=', renewal.id)
    .where('reminded', '<', due)
    .execute()
  let letters = 0
  for (const { organization_id, name } of places)
    await services.store.write(async tx => {
      const claimed = await tx.db
        .updateTable('renewal_place')
        .set({ reminded: due })
        .where('renewal_id', '=', renewal.id)
        .where('organization_id', '=', organization_id)
        .where('reminded', '<', due)
        .returning('organization_id')
        .executeTakeFirst()
      const [own] = claimed ? await readRenewalProgress(tx.db, renewal.id, [organization_id]) : []
      if (own === undefined || own.open === 0) return
      for (const contact of await contactsOf(tx.db, organization_id)) {
        const path = `/agency/${organization_id}/renewals`
        const letter = { kind: 'renewal-contact', organization: name, about: renewal.name, path } as const
        await writeToReader(services, tx, policy, contact, { ...letter, day: lastDay(renewal, policy) }, now)
        letters += 1
      }
    })
  return letters
}

/** Keeps out whoever has not renewed, each in a transaction of their own; never the last active administrator. */
async function keepOut(
  services: Services,
  policy: Policy,
  renewal: RenewalTable,
  now: number,
  stopping: AbortSignal,
): Promise<number> {
  const open = await services.store.read
    .selectFrom('renewal_line')
    .innerJoin('account', 'account.id', 'account_id')
    .select('account_id')
    .where('renewal_id', '=', renewal.id)
    .where('done_at', 'is', null)
    .where('outcome', 'is', null)
    .where('deactivated_at', 'is', null)
    .orderBy('account_id')
    .execute()
  let count = 0
  for (const { account_id } of open) {
    if (stopping.aborted) break
    if (await services.store.write(tx => keepOutOne(services, tx, policy, renewal, account_id, now)))
      count += 1
  }
  return count
}

/** Who only has the terms to accept is asked for them at the next sign-in; who has training to do is let in after it. */
async function keepOutOne(
  services: Services,
  tx: Tx,
  policy: Policy,
  renewal: RenewalTable,
  accountId: string,
  now: number,
): Promise<boolean> {
  const claimed = await tx.db
    .updateTable('renewal_line')
    .set({ outcome: 'kept-out' })
    .where('renewal_id', '=', renewal.id)
    .where('account_id', '=', accountId)
    .where('done_at', 'is', null)
    .where('outcome', 'is', null)
    .returning('account_id')
    .executeTakeFirst()
  const subject = claimed && (await lockSubject(tx, accountId))
  if (subject === undefined) return false
  const row = await tx.db
    .selectFrom('account')
    .select(['id', 'email', 'first_name', 'language', 'training_state'])
    .select(lacksTraining(renewal, sql`${accountId}`).as('lacks_training'))
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (row.lacks_training) {
    const { role, state } = subject
    if (!(await moveStanding(tx, subject, { role, state: { ...state, trainingLapsed: true } }))) {
      await tx.db
        .updateTable('renewal_line')
        .set({ outcome: 'last-administrator' })
        .where('renewal_id', '=', renewal.id)
        .where('account_id', '=', accountId)
        .execute()
      await openIncident(tx, accountId, 'last-administrator', now)
      return false
    }
    await tx.db
      .updateTable('account')
      .set({
        ...{ training_state: 'lapsed', training_since: renewal.starts_at, training_again: renewal.courses },
        training_due_at: 0,
        version: sql<number>`version + 1`,
      })
      .where('id', '=', accountId)
      .execute()
    await services.audit.record(tx, {
      ...{ event: 'user_updated', actor: 'system', subject: accountId },
      args: {
        ...{ change: 'training', before: row.training_state, after: 'lapsed' },
        reason: `Not done in the renewal "${renewal.name}".`,
      } satisfies StandingChanged,
    })
  }
  const letter = { kind: 'renewal-over', organization: '', about: renewal.name } as const
  await writeToReader(services, tx, policy, row, letter, now)
  return true
}
