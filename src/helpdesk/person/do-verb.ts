import { changeAccess } from '../../administration/access.ts'
import type { Act, VerbOutcome } from '../../administration/act.ts'
import { closeIncidents } from '../../administration/close-incidents.ts'
import { giveCodeCard } from '../../administration/code-card.ts'
import {
  type Issued,
  issueTemporaryPassword,
  lockDown,
  resetQuestion,
  resetTwoStep,
  unlock,
} from '../../administration/credential.ts'
import { editDetails } from '../../administration/details.ts'
import { cancelLeaving, leaveOrganization } from '../../administration/leave.ts'
import { limitAgent } from '../../administration/limit-agent.ts'
import type { Reach } from '../../administration/reach.ts'
import { removeOneWay } from '../../administration/remove-way.ts'
import { changeRole } from '../../administration/role.ts'
import { endSessions } from '../../administration/sessions.ts'
import { deactivate, reactivate, scheduleLeaving, suspend } from '../../administration/state.ts'
import { mailWelcome, type WelcomeParts } from '../../administration/welcome.ts'
import { makeContact } from '../../agency/contacts.ts'
import type { DeskNoticeKind, RecordPart } from '../../mail/desk-notices.ts'
import type { StoredHash } from '../../password/hashing.ts'
import type { Policy } from '../../policy/table.ts'
import { done } from '../../refusals.ts'
import type { CodeCard } from '../../session/code-card.ts'
import type { Tx } from '../../store/store.ts'
import type { PreparedCard } from '../../verification/code-card/store.ts'
import type { Entry, VerbName } from './verb-rules.ts'

/** The parts of a verb besides what the agent said. */
export interface Deed {
  readonly act: Act
  readonly entry: Entry
  readonly policy: Policy
  /** Organizations that the agent is limited to. */
  readonly scope: Reach
  /** Sends the notice of a new email address to the old one; undefined: it is not to be told. */
  readonly tellOld: (() => Promise<void>) | undefined
  /** Of the temporary password, for the verbs that put one in force. */
  readonly hash: StoredHash | undefined
  /** For the verb that gives a code card. */
  readonly card: PreparedCard | undefined
}

/** What a verb puts into the agent's hands. */
export interface Handed {
  readonly password?: Issued
  readonly card?: CodeCard
  /** What was changed in the person's record, to be told to them. */
  readonly changed?: readonly RecordPart[]
}

/**
 * The notice that goes to the person when a verb is done. Of a new address the old one is told, before the change; a
 * mailed link says itself what it is, and who leaves an organization gets a letter of its own.
 */
export const noticeOf: Partial<Record<VerbName, DeskNoticeKind>> = {
  'temporary-password': 'temporary-password',
  'reset-two-step': 'two-step-reset',
  'remove-way': 'way-removed',
  'code-card': 'code-card-given',
  'reset-question': 'question-reset',
  'lock-down': 'locked-down',
  deactivate: 'deactivated',
  reactivate: 'reactivated',
  suspend: 'suspended',
  'schedule-leaving': 'leaving-planned',
  role: 'role-changed',
  access: 'access-changed',
  contact: 'contact-changed',
}

type Verb = (parts: WelcomeParts, tx: Tx, deed: Deed) => Promise<VerbOutcome<unknown>>

const missing = (what: string) => Promise.reject(new Error(`A verb was done without its ${what}.`))

const verbs: Readonly<Record<Exclude<VerbName, 'temporary-password' | 'code-card' | 'details'>, Verb>> = {
  'mail-link': (parts, tx, { act, hash, policy }) =>
    hash === undefined ? missing('password') : mailWelcome(parts, tx, act, { hash, policy }),
  'close-incident': (parts, tx, { act }) => closeIncidents(parts, tx, act),
  unlock: (parts, tx, { act }) => unlock(parts, tx, act),
  'reset-two-step': (parts, tx, { act }) => resetTwoStep(parts, tx, act),
  'remove-way': (parts, tx, { act, entry }) => removeOneWay(parts, tx, act, entry.wayId),
  'reset-question': (parts, tx, { act }) => resetQuestion(parts, tx, act),
  'end-sessions': (parts, tx, { act }) => endSessions(parts, tx, act),
  'lock-down': (parts, tx, { act }) => lockDown(parts, tx, act),
  deactivate: (parts, tx, { act }) => deactivate(parts, tx, act),
  reactivate: (parts, tx, { act }) => reactivate(parts, tx, act),
  suspend: (parts, tx, { act, entry }) =>
    entry.moment === undefined ? missing('time') : suspend(parts, tx, act, entry.moment),
  'schedule-leaving': (parts, tx, { act, entry }) =>
    entry.moment === undefined ? missing('time') : scheduleLeaving(parts, tx, act, entry.moment),
  left: (parts, tx, { act, entry, policy }) => leaveOrganization(parts, tx, act, entry.leaving, policy),
  moved: (parts, tx, { act, entry, policy }) => leaveOrganization(parts, tx, act, entry.leaving, policy),
  stays: (parts, tx, { act, policy }) => cancelLeaving(parts, tx, act, policy),
  contact: (parts, tx, { act, entry }) => makeContact(parts, tx, act, entry.contactOf),
  access: (parts, tx, { act, entry, scope }) => changeAccess(parts, tx, act, entry.access, scope),
  role: (parts, tx, { act, entry: { role, scope } }) => {
    if (role === undefined) return missing('role')
    if (role !== 'helpdesk') return changeRole(parts, tx, act, { role })
    return scope === undefined ? missing('limit') : changeRole(parts, tx, act, { role, limit: scope })
  },
  scope: (parts, tx, { act, entry }) =>
    entry.scope === undefined ? missing('limit') : limitAgent(parts, tx, act, entry.scope),
}

/** Does a verb in a transaction. @returns what the agent hands on, for the verbs that make something. */
export async function doVerb(
  parts: WelcomeParts,
  tx: Tx,
  action: VerbName,
  deed: Deed,
): Promise<VerbOutcome<Handed>> {
  const { act, card, hash, policy } = deed
  if (action === 'temporary-password') {
    if (hash === undefined) return missing('password')
    const issued = await issueTemporaryPassword(parts, tx, act, hash, policy)
    return issued.ok ? done({ password: issued.value }) : issued
  }
  if (action === 'code-card') {
    if (card === undefined) return missing('card')
    const given = await giveCodeCard(parts, tx, act, card)
    return given.ok ? done({ card: given.value }) : given
  }
  if (action === 'details') {
    const { entry, scope, tellOld } = deed
    const { primaryOrganizationId, ...details } = entry.details
    const isAll = scope === undefined && primaryOrganizationId !== undefined
    return editDetails(parts, tx, act, { ...details, ...(isAll && { primaryOrganizationId }) }, tellOld)
  }
  const outcome = await verbs[action](parts, tx, deed)
  return outcome.ok ? done({}) : outcome
}
