import { nameKey } from '../account/names.ts'
import { verbWords } from '../administration/words.ts'
import { makeContact, organizationsOf } from '../agency/contacts.ts'
import { readPolicy } from '../policy/policy.ts'
import { reasonHelp, reasonOption, tellPerson, withAccount } from './account.ts'
import { type Command, refused, refusedWith, textOf } from './command.ts'

/** `contact add` and `contact remove`: one organization more or less, told to the person as the console does. */
export function contactCommand(given: {
  readonly verb: 'add' | 'remove'
  readonly about: string
  readonly after: (before: readonly string[], id: string) => readonly string[]
  readonly say: (username: string, organization: string) => string
}): Command {
  return {
    usage: `contact ${given.verb} USERNAME --organization NAME [--reason TEXT] [--json]`,
    about: [given.about, '', '--organization NAME  One that the person belongs to.', reasonHelp],
    options: { ...reasonOption, organization: { type: 'string' } },
    words: 1,
    run: input =>
      withAccount(input, async (services, act) => {
        const name = textOf(input.values, 'organization') ?? ''
        const organization = await services.store.read
          .selectFrom('organization')
          .select(['id', 'name'])
          .where('name_key', '=', nameKey(name))
          .executeTakeFirst()
        if (organization === undefined) return refused(`There is no organization named "${name}".`)
        const policy = await readPolicy(services.store)
        const outcome = await services.store.write(async tx => {
          const before = (await organizationsOf(tx.db, act.subjectId)).map(({ id }) => id)
          const made = await makeContact(services, tx, act, given.after(before, organization.id))
          if (made.ok) await tellPerson(services, tx, 'contact-changed', act, policy)
          return made
        })
        if (!outcome.ok) return refusedWith(outcome.refusals, verbWords.refusals)
        const username = input.positionals[0] ?? ''
        const organizations = outcome.value.organizations.map(place => place.name)
        return {
          kind: 'done',
          lines: [given.say(username, organization.name)],
          json: { ok: true, username, organizations },
        }
      }),
  }
}
