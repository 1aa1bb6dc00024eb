import { fullName } from '../account/names.ts'
import { type Bar, barOf, stateOf } from '../account/rules.ts'
import { phoneLine, type WorkFacts, workOf } from '../account/work.ts'
import { verbWords } from '../administration/words.ts'
import { readPolicy } from '../policy/policy.ts'
import { byMailedLink, type PasswordKind, passwordKind } from '../recovery/welcome/standing.ts'
import { secondStepSince } from '../session/facts.ts'
import type { Services } from '../session/services.ts'
import { counterName } from '../throttle/store.ts'
import type { OwnWay } from '../verification/common/own-way.ts'
import { wayTitle } from '../verification/common/pages.ts'
import { wordsFor } from '../verification/common/words.ts'
import { listOwnWays } from '../verification/ways.ts'
import { timeInWords } from '../web/time.ts'
import { withAccount } from './account.ts'
import { type Answer, answer, type Command, refused } from './command.ts'
import { noteRead } from './reads.ts'

export const command: Command = {
  usage: 'account show USERNAME [--json]',
  about: ['Shows who the account belongs to, whether they can sign in now, and if not, why.'],
  words: 1,
  run: input => withAccount(input, (services, act) => show(services, act.subjectId, act.now)),
}

async function show(services: Services, id: string, now: number): Promise<Answer> {
  const { timeZone } = await readPolicy(services.store)
  const facts = await readFacts(services, id, now)
  if (facts === undefined) return refused('There is no such account.')
  await noteRead(services, { what: 'person' }, id)
  const time = (at: number | null) => timeInWords(at, timeZone, 'en') || 'never'
  const onOff = (on: boolean, yes: string, no: string) => (on ? yes : no)
  const rows: readonly (readonly [string, string])[] = [
    ['Username', facts.username],
    ['Name', facts.name],
    ['Email', facts.email || 'none'],
    ['Work phone', phoneLine(facts) || 'not on file'],
    ['Job title', facts.jobTitle || 'not on file'],
    ['Supervisor', facts.supervisor || 'not on file'],
    ['Role', facts.role],
    ['Organizations', facts.organizations.join(', ') || 'none'],
    ['Primary organization', facts.primaryOrganization ?? 'none'],
    ['Workgroups', facts.workgroups.join(', ') || 'none'],
    ['Password', passwordInWords(facts, now, time)],
    ['2-step verification', onOff(facts.twoStep, 'on', 'off')],
    ...facts.ways.map(way => [wayName(way), wayInWords(way, time)] as const),
    ['Security question', onOff(facts.question, 'set', 'not set')],
    ['Sessions', String(facts.sessions)],
    ['Last sign-in', time(facts.lastSignInAt)],
    ['Locked out until', facts.waitsUntil === null ? 'not locked out' : time(facts.waitsUntil)],
    ['State', facts.bar === null ? 'Active' : verbWords.bars[facts.bar]],
  ]
  return answer(
    rows.map(([name, value]) => `${`${name}:`.padEnd(21)} ${value}`),
    { ok: true, ...facts },
  )
}

interface AccountFacts extends WorkFacts {
  readonly username: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly organizations: readonly string[]
  readonly primaryOrganization: string | null
  readonly workgroups: readonly string[]
  readonly password: PasswordKind
  readonly passwordExpiresAt: number | null
  readonly twoStep: boolean
  readonly ways: readonly Omit<OwnWay, 'id'>[]
  readonly question: boolean
  readonly sessions: number
  readonly lastSignInAt: number | null
  /** For browsers that never signed in to it. */
  readonly waitsUntil: number | null
  readonly bar: Bar | null
}

const wayName = (way: Omit<OwnWay, 'id'>): string => `  ${wayTitle({ id: '', ...way }, wordsFor('en'))}`

const wayInWords = (way: Omit<OwnWay, 'id'>, time: (at: number | null) => string): string =>
  [
    wordsFor('en').kinds[way.kind],
    `added ${time(way.addedAt)}`,
    `last used ${time(way.lastUsedAt)}`,
    ...(way.card === undefined ? [] : [`${way.card.left} codes left`]),
  ].join(', ')

function passwordInWords(facts: AccountFacts, now: number, time: (at: number | null) => string): string {
  if (facts.password === 'own') return 'their own'
  if (facts.password === 'none') return 'none yet: issue a temporary one'
  const { passwordExpiresAt: at } = facts
  const what = facts.password === 'temporary' ? 'temporary' : 'none yet: a link was mailed'
  return at !== null && at <= now ? `${what}, expired ${time(at)}` : `${what}, until ${time(at)}`
}

async function readFacts(services: Services, id: string, now: number): Promise<AccountFacts | undefined> {
  const { read } = services.store
  const account = await read
    .selectFrom('account')
    .leftJoin('credential', 'credential.account_id', 'account.id')
    .leftJoin('recovery_question', 'recovery_question.account_id', 'account.id')
    .selectAll('account')
    .select([
      'is_temporary',
      'expires_at',
      secondStepSince.as('second_step_since'),
      'question',
      byMailedLink.as('by_link'),
    ])
    .where('account.id', '=', id)
    .executeTakeFirst()
  if (account === undefined) return undefined
  const bar = barOf(stateOf(account), now)
  return {
    username: account.username,
    name: fullName(account.first_name, account.last_name),
    email: account.email,
    ...workOf(account),
    role: account.role,
    ...(await readPlaces(services, id)),
    password: passwordKind(account),
    passwordExpiresAt: account.expires_at,
    twoStep: account.second_step_since !== null,
    ways: (await listOwnWays(read, id)).map(({ id: _, ...way }) => way),
    question: account.question !== null,
    sessions: await countSessions(services, id, account.epoch),
    lastSignInAt: account.last_sign_in_at,
    waitsUntil: await readWait(services, account.username_key, now),
    bar: bar ?? null,
  }
}

async function readPlaces(
  { store: { read } }: Services,
  id: string,
): Promise<Pick<AccountFacts, 'organizations' | 'primaryOrganization' | 'workgroups'>> {
  const organizations = await read
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['name', 'is_primary'])
    .where('account_id', '=', id)
    .orderBy('name')
    .execute()
  const workgroups = await read
    .selectFrom('account_workgroup')
    .innerJoin('workgroup', 'workgroup.id', 'workgroup_id')
    .select('name')
    .where('account_id', '=', id)
    .orderBy('name')
    .execute()
  return {
    organizations: organizations.map(({ name }) => name),
    primaryOrganization: organizations.find(({ is_primary }) => is_primary === 1)?.name ?? null,
    workgroups: workgroups.map(({ name }) => name),
  }
}

async function countSessions({ store }: Services, id: string, epoch: number): Promise<number> {
  const row = await store.read
    .selectFrom('session')
    .select(eb => eb.fn.countAll<number>().as('alive'))
    .where('account_id', '=', id)
    .where('ended_at', 'is', null)
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  return Number(row?.alive ?? 0)
}

async function readWait(
  { store, keyring }: Services,
  usernameKey: string,
  now: number,
): Promise<number | null> {
  const row = await store.read
    .selectFrom('throttle')
    .select('blocked_until')
    .where('name', '=', counterName(keyring, 'password-stranger', usernameKey))
    .where('blocked_until', '>', now)
    .executeTakeFirst()
  return row?.blocked_until ?? null
}
