import { foldName } from '../account/names.ts'
import type { Act, VerbOutcome, VerbParts } from '../administration/act.ts'
import { verbWords } from '../administration/words.ts'
import { type DeskNoticeKind, noticeFromDesk } from '../mail/desk-notices.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import type { Services } from '../session/services.ts'
import type { Store, Tx } from '../store/store.ts'
import { plurals } from '../web/plurals.ts'
import { type Answer, type Command, type Input, refused, refusedWith, textOf } from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'

const plural = plurals('en-US')

/** Id of the account with this username, found as sign-in finds it. */
export async function findAccount({ read }: Store, username: string): Promise<string | undefined> {
  const row = await read
    .selectFrom('account')
    .select('id')
    .where('username_key', '=', foldName(username))
    .executeTakeFirst()
  return row?.id
}

/** The operator acts with the role of an administrator, for every role. */
export const operatorAct = (input: Input, subjectId: string, now: number): Act => ({
  agent: { actor: operator(), role: 'administrator' },
  subjectId,
  reason: textOf(input.values, 'reason') ?? '',
  now,
})

export const reasonOption = { reason: { type: 'string' } } as const
export const reasonHelp = '--reason TEXT    Why, for the audit log.'

/** Finds the account that the first word names and does `work` to it. */
export function withAccount(
  input: Input,
  work: (services: Services, act: Act) => Promise<Answer>,
): Promise<Answer> {
  const username = input.positionals[0] ?? ''
  return withServices(input, async services => {
    const id = await findAccount(services.store, username)
    if (id === undefined) return refused(`There is no account named "${username}".`)
    return work(services, operatorAct(input, id, services.now()))
  })
}

/** A command that does one verb to one account and says how it went. */
export function verbCommand<Value>(given: {
  readonly verb: string
  readonly about: string
  /** The email to the person, as when the console does it. */
  readonly notice?: DeskNoticeKind
  readonly run: (parts: VerbParts, tx: Tx, act: Act) => Promise<VerbOutcome<Value>>
  readonly say: (value: Value, username: string) => readonly string[]
}): Command {
  return {
    usage: `account ${given.verb} USERNAME [--reason TEXT] [--json]`,
    about: [given.about, '', reasonHelp],
    options: reasonOption,
    words: 1,
    run: input =>
      withAccount(input, async (services, act) => {
        const policy = await readPolicy(services.store)
        const outcome = await services.store.write(async tx => {
          const done = await given.run(services, tx, act)
          if (done.ok && given.notice !== undefined) await tellPerson(services, tx, given.notice, act, policy)
          return done
        })
        if (!outcome.ok) return refusedWith(outcome.refusals, verbWords.refusals)
        const username = input.positionals[0] ?? ''
        return {
          kind: 'done',
          lines: given.say(outcome.value, username),
          json: { ok: true, username, ...outcome.value },
        }
      }),
  }
}

/** Tells the person by mail what was done to their account, in the transaction of the change. */
export const tellPerson = (
  { keyring, settings }: Pick<Services, 'keyring' | 'settings'>,
  tx: Tx,
  kind: DeskNoticeKind,
  { subjectId, now }: Act,
  policy: Policy,
): Promise<void> =>
  noticeFromDesk({ keyring, origin: settings.LINTEL_ORIGIN }, tx, kind, subjectId, { policy, now })

export const sessionsInWords = (count: number): string =>
  plural(count, { one: '# session was ended', other: '# sessions were ended' })
