import { randomBytes } from 'node:crypto'
import { Secret } from 'otpauth'
import { openIncident } from '../account/incidents.ts'
import { foldName } from '../account/names.ts'
import { createAccount } from '../account/store.ts'
import { createdThen } from '../audit/access-then.ts'
import type { PermissionsChanged } from '../audit/evidence.ts'
import type { Queued } from '../password/hash-queue.ts'
import type { Hasher, StoredHash } from '../password/hashing.ts'
import { setOwnPassword, setTemporaryPassword } from '../password/store.ts'
import { makeTemporaryPassword } from '../password/temporary.ts'
import { readPolicy } from '../policy/policy.ts'
import { foldAnswer } from '../recovery/answer.ts'
import { putQuestion } from '../recovery/store.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { publishTerms, recordAcceptance, type TermsVersion } from '../terms/store.ts'
import { freeFailures } from '../throttle/rules.ts'
import { counterName } from '../throttle/store.ts'
import { addApp } from '../verification/app/store.ts'
import { replaceBackupCodes } from '../verification/backup-codes/store.ts'
import { newCardCodes, printedCode } from '../verification/code-card/code.ts'
import { prepareCard, putCard } from '../verification/code-card/store.ts'
import { siteOf } from '../verification/passkeys/site.ts'
import { addPasskey } from '../verification/passkeys/store.ts'
import { decoyKey } from '../verification/passkeys/verify.ts'
import { fillAgency } from './agency.ts'
import { contactOf } from './contacts.ts'
import { fillDecisions } from './decisions.ts'
import { noteLastVisits, visits } from './history.ts'
import { makePlaces } from './make-places.ts'
import { addNewcomers } from './newcomers.ts'
import { ages, deactivatedBefore, type PastRecord, standingPast, writePast } from './past.ts'
import { type DemoPerson, people } from './people.ts'
import { secondTermsAddition } from './places.ts'
import { putTraining } from './training.ts'

const day = 24 * 3_600_000
/** The password of everyone who has one of their own. */
const demoPassword = 'Snow-on-9-Pines!'
const demoAddress = '192.0.2.10'
const strangerAddress = '198.51.100.23'
const strangerBrowser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** A line of the table that the demo prints. */
export interface Shown {
  readonly username: string
  readonly password: string
  readonly state: string
}

interface Hashed {
  readonly person: DemoPerson
  readonly password: string
  readonly hash: StoredHash
  readonly answer: StoredHash | undefined
}

interface Setting {
  readonly services: Services
  readonly tx: Tx
  readonly now: number
  readonly places: ReadonlyMap<string, string>
  readonly first: TermsVersion
  readonly second: TermsVersion
  /** The past as made up, for the log. */
  readonly past: PastRecord[]
}

/** Fills a store that the first start has just made with a small made-up Minnesota. @returns who can be tried. */
export async function fillDemo(services: Services, hasher: Hasher): Promise<readonly Shown[]> {
  const now = services.now()
  const policy = await readPolicy(services.store)
  const hashed = await Promise.all(people.map(person => hashFor(person, hasher)))
  return services.store.write(async tx => {
    const past: PastRecord[] = []
    const places = await makePlaces(tx, past, now)
    const setting = { services, tx, now, places, past, ...(await makeTerms(tx, now)) }
    past.push(...(await addNewcomers(tx, places, now - 3 * day)))
    const shown: Shown[] = []
    const regulars: string[] = []
    for (const one of hashed) {
      const id = await makePerson(setting, one.person)
      const { person, password, hash } = one
      if (person.temporaryFor === undefined) await setOwnPassword(tx, id, hash, policy, now)
      else
        await setTemporaryPassword(
          tx,
          id,
          hash,
          policy,
          now + person.temporaryFor - policy.temporaryPasswordHours * 3_600_000,
        )
      if (one.answer !== undefined && person.question !== undefined)
        await putQuestion(tx, id, person.question.question, one.answer, now - 100 * day)
      await putStates(setting, id, person)
      past.push(...standingPast(id, person, now))
      if (isRegular(person)) regulars.push(id)
      const secret = person.paired && (await pair(setting, id))
      const codes = person.card && (await giveCard(setting, id))
      const key = person.key && (await giveKey(setting, id))
      const known = secret ? ` (authenticator key ${secret})` : codes ? ` (${codes})` : key ? ` (${key})` : ''
      shown.push({ username: person.username, password, state: person.state + known })
    }
    await putTraining(tx, now)
    await writePast(services, tx, [...past, ...visits(regulars, now)])
    await noteLastVisits(tx, regulars)
    await fillDecisions(services, tx, now)
    await fillAgency(services, tx, places, now)
    return shown
  })
}

/** Comes in on most days. */
const isRegular = (person: DemoPerson): boolean =>
  person.accepted !== 'none' &&
  person.deactivated === undefined &&
  person.dormantFor === undefined &&
  person.quietFor === undefined

async function hashFor(person: DemoPerson, hasher: Hasher): Promise<Hashed> {
  const password = person.temporaryFor === undefined ? demoPassword : makeTemporaryPassword(randomBytes)
  const answer = person.question && foldAnswer(person.question.answer)
  const [hash, answerHash] = await Promise.all([
    hasher.hash(password, 'import'),
    answer === undefined ? undefined : hasher.hash(answer, 'import'),
  ])
  return { person, password, hash: unqueued(hash), answer: answerHash && unqueued(answerHash) }
}

function unqueued(hashed: Queued<StoredHash>): StoredHash {
  if (hashed.busy) throw new Error('The demo could not hash its passwords: the machine is too busy.')
  return hashed.value
}

/** The terms of the first start have held for a year; a second version came three days ago. */
async function makeTerms(tx: Tx, now: number): Promise<{ first: TermsVersion; second: TermsVersion }> {
  const first = await tx.db
    .updateTable('terms_version')
    .set({ effective_at: now - 365 * day, created_at: now - 370 * day })
    .returningAll()
    .executeTakeFirstOrThrow()
  const second = await publishTerms(tx, {
    text: `${first.text}\n\n${secondTermsAddition}`,
    effectiveAt: now - 3 * day,
    by: 'system',
    now: now - 5 * day,
  })
  return { first, second }
}

async function makePerson(setting: Setting, person: DemoPerson): Promise<string> {
  const { tx, now, places, past, first, second } = setting
  const idOf = (name: string) => {
    const id = places.get(name)
    if (id === undefined) throw new Error(`The demo has no ${name}.`)
    return id
  }
  const id = await createAccount(
    tx,
    {
      username: person.username,
      firstName: person.firstName,
      lastName: person.lastName,
      email: person.hasNoEmail ? '' : `${person.username.slice(0, 40)}@demo.example`,
      ...contactOf(person.username),
      role: person.role ?? 'user',
      organizationIds: person.organizations.map(idOf),
      workgroupIds: person.workgroups.map(idOf),
    },
    now - ages.people,
  )
  await putLimits(setting, id, person, idOf)
  const args = (await createdThen(tx, [id]))(id)
  const trace = { actor: 'system', subject: id } as const
  past.push({ at: now - ages.people, event: { event: 'user_created', ...trace, args } })
  if (person.contactOf !== undefined) {
    const after = person.contactOf.map(name => ({ id: idOf(name), name }))
    const appointed: PermissionsChanged = { change: 'contact', before: [], after, ended: 0 }
    past.push({
      at: now - ages.contacts,
      event: { event: 'privilege_permissions_changed', ...trace, args: { ...appointed } },
    })
  }
  const at = lastSignIn(person, now)
  if (at !== null && !isRegular(person))
    past.push(
      { at, event: { event: 'authn_login_success', actor: id, subject: id } },
      { at, event: { event: 'session_created', actor: id, subject: id } },
    )
  if (person.accepted !== 'none') await recordAcceptance(tx, id, first, now - 360 * day, demoAddress)
  if (person.accepted === undefined) await recordAcceptance(tx, id, second, now - 2 * day, demoAddress)
  return id
}

/** What they only read, whom they look after, and whom they vouch for. */
async function putLimits(
  { tx, now }: Setting,
  account_id: string,
  { reads = [], limitedTo = [], contactOf = [] }: DemoPerson,
  idOf: (name: string) => string,
): Promise<void> {
  for (const name of reads)
    await tx.db
      .updateTable('account_organization')
      .set({ may_edit: 0 })
      .where('account_id', '=', account_id)
      .where('organization_id', '=', idOf(name))
      .execute()
  for (const name of contactOf)
    await tx.db
      .insertInto('agency_contact')
      .values({ account_id, organization_id: idOf(name), since: now - ages.contacts })
      .execute()
  for (const name of limitedTo)
    await tx.db
      .insertInto('helpdesk_scope')
      .values({ account_id, organization_id: idOf(name) })
      .execute()
}

async function putStates(setting: Setting, id: string, person: DemoPerson): Promise<void> {
  const { tx, now } = setting
  const from = (span: number | undefined) => (span === undefined ? null : now + span)
  const training = person.training ?? 'finished'
  await tx.db
    .updateTable('account')
    .set({
      role_since: now + (person.staffSince ?? -400 * day),
      deactivated_at: person.deactivated === undefined ? null : now - deactivatedBefore,
      deactivated_reason: person.deactivated ?? null,
      suspended_until: from(person.suspendedFor),
      suspended_reason: person.suspendedFor === undefined ? null : 'Suspended until the agency calls back.',
      leaving_at: from(person.leavesIn),
      dormant_since: person.dormantFor === undefined ? null : now - person.dormantFor,
      password_blocked_at: person.blocked ? now - day : null,
      recovery_asked: person.recoveryAsked ? 1 : 0,
      training_state: training,
      training_finished_at: now - (training === 'lapsed' ? 390 : 100) * day,
      active_since: now - (person.dormantFor === undefined ? (person.quietFor ?? 30 * day) : 400 * day),
      dormancy_noticed_at: person.quietFor === undefined ? null : now - 3 * day,
      dormancy_noticed_run: person.quietFor === undefined ? null : 1,
      last_sign_in_at: lastSignIn(person, now),
    })
    .where('id', '=', id)
    .execute()
  await tx.db
    .updateTable('account_organization')
    .set({ last_sign_in_at: lastSignIn(person, now) })
    .where('account_id', '=', id)
    .execute()
  if (person.incident !== undefined) await openIncident(tx, id, person.incident, now - day)
  if (person.throttled !== undefined) await putTries(setting, id, person.username, person.throttled)
}

/** Wrong tries of a stranger: the counter, and the audit records from which the console finds whose it is. */
async function putTries(
  { services, tx, now }: Setting,
  subject: string,
  username: string,
  throttled: NonNullable<DemoPerson['throttled']>,
): Promise<void> {
  await tx.db
    .insertInto('throttle')
    .values({
      name: counterName(services.keyring, 'password-stranger', foldName(username)),
      failures: throttled.failures,
      blocked_until: now + throttled.wait,
      window_from: now,
      updated_at: now,
    })
    .execute()
  const trace = { actor: 'anonymous', subject, address: strangerAddress } as const
  for (let failures = 1; failures <= throttled.failures; failures++) {
    await services.audit.record(tx, {
      event: 'authn_login_fail',
      ...trace,
      args: { failures, browser: strangerBrowser },
    })
    if (failures > freeFailures)
      await services.audit.record(tx, { event: 'authn_login_fail_max', ...trace, args: { failures } })
  }
}

function lastSignIn(person: DemoPerson, now: number): number | null {
  if (person.accepted === 'none') return null
  if (person.deactivated !== undefined) return now - deactivatedBefore - day
  return now - (person.dormantFor === undefined ? (person.quietFor ?? 4 * day) : person.dormantFor + 90 * day)
}

/** Gives a code card. @returns its first codes in words. */
async function giveCard({ services, tx, now }: Setting, accountId: string): Promise<string> {
  const card = await prepareCard(services.keyring, accountId, newCardCodes())
  await putCard(tx, card, now - 40 * day)
  const [first = '', second = ''] = card.codes.map(printedCode)
  return `card A: code 1 is ${first}, code 2 is ${second}`
}

/** Gives a passkey that stays with its owner. @returns a backup code, in words. */
async function giveKey({ services, tx, now }: Setting, accountId: string): Promise<string> {
  const { keyring, settings } = services
  const rpId = siteOf(settings.LINTEL_ORIGIN)?.rpId ?? 'localhost'
  const random = () => randomBytes(32).toString('base64url')
  await addPasskey(
    tx,
    keyring,
    {
      accountId,
      kind: 'passkey',
      credentialId: random(),
      publicKey: decoyKey(),
      userHandle: random(),
      rpId,
      backupEligible: true,
      backedUp: true,
      signCount: 0,
      transports: ['internal', 'hybrid'],
      name: 'Safari on iPhone',
    },
    now - 40 * day,
  )
  const [code = ''] = await replaceBackupCodes(tx, keyring, accountId, now - 40 * day)
  return `backup code ${code}`
}

/** Pairs an authenticator app. @returns its key, to be typed into a real app. */
async function pair({ services, tx, now }: Setting, accountId: string): Promise<string> {
  const secret = new Secret({ size: 20 }).base32
  await addApp(services, tx, { accountId, secret, step: 0 }, now - 40 * day)
  return secret
}
