import { nameKey } from '../account/names.ts'
import { dayOf } from '../administration/last-day.ts'
import { type Left, leaveOrganization } from '../administration/leave.ts'
import { verbWords } from '../administration/words.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Store } from '../store/store.ts'
import { reasonHelp, reasonOption, withAccount } from './account.ts'
import { type Command, type Input, refused, refusedWith, textOf } from './command.ts'

const organizationNamed = ({ read }: Store, name: string) =>
  read
    .selectFrom('organization')
    .select(['id', 'name'])
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()

const sentences: Readonly<Record<Left, (username: string, from: string, day: string) => string>> = {
  planned: (username, from, day) => `${username} leaves ${from} when ${day} is over.`,
  ended: (username, from) => `${username} has left ${from}.`,
  'ended-account': (username, from) =>
    `${username} has left ${from}. It was their last organization: the account is deactivated.`,
}

/** `account left` and `account move`: from one organization, and perhaps to another, today or on a last day. */
export function leavingCommand(given: {
  readonly verb: 'left' | 'move'
  readonly about: string
  /** Option that names the organization they leave. */
  readonly from: 'organization' | 'from'
}): Command {
  const isMove = given.verb === 'move'
  const names = `--${given.from} NAME${isMove ? ' --to NAME' : ''}`
  return {
    usage: `account ${given.verb} USERNAME ${names} [--on YYYY-MM-DD] [--reason TEXT] [--json]`,
    about: [
      given.about,
      '',
      `--${given.from} NAME  The organization that they leave.`,
      ...(isMove ? ['--to NAME    The organization that they move to.'] : []),
      '--on YYYY-MM-DD  Their last day there; today when it is not given.',
      reasonHelp,
    ],
    options: {
      ...reasonOption,
      on: { type: 'string' },
      [given.from]: { type: 'string' },
      ...(isMove && { to: { type: 'string' } }),
    },
    words: 1,
    run: input => leave(input, given.from, isMove),
  }
}

const leave = (input: Input, from: string, isMove: boolean) =>
  withAccount(input, async (services, act) => {
    const named = (option: string) => textOf(input.values, option) ?? ''
    const left = await organizationNamed(services.store, named(from))
    if (left === undefined) return refused(`There is no organization named "${named(from)}".`)
    const aim = isMove ? await organizationNamed(services.store, named('to')) : undefined
    if (isMove && aim === undefined) return refused(`There is no organization named "${named('to')}".`)
    const policy = await readPolicy(services.store)
    const lastDay = named('on') || dayOf(act.now, policy.timeZone)
    const movedTo = aim && { organizationId: aim.id, workgroupIds: [] }
    const outcome = await services.store.write(tx =>
      leaveOrganization(services, tx, act, { organizationId: left.id, lastDay, movedTo }, policy),
    )
    if (!outcome.ok) return refusedWith(outcome.refusals, verbWords.refusals)
    const username = input.positionals[0] ?? ''
    return {
      kind: 'done',
      lines: [
        sentences[outcome.value](username, left.name, lastDay),
        ...(aim === undefined ? [] : [`They move to ${aim.name}.`]),
      ],
      json: { ok: true, username, did: outcome.value, lastDay },
    }
  })
