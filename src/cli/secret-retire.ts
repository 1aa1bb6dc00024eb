import { readEnds } from '../audit/ends.ts'
import { verifyAudit } from '../audit/verify.ts'
import { retireKey } from '../store/secret-file.ts'
import { say } from './audit-verify.ts'
import { answer, type Command, refused } from './command.ts'
import { withServices } from './open.ts'
import { resealAll, resealedInWords } from './sealed.ts'
import { copyReminder, keysRecord, secretFileOf, underKey } from './secret.ts'

export const command: Command = {
  usage: 'secret retire KEY [--json]',
  about: [
    'Believes a key no more that somebody may have seen: no cookie, form or record of the log by it counts from the next start on. First it checks the audit log, and seals what the key sealed with the one in use.',
    'Another key must be in use ("secret add", "secret use"), and every process restarted with it. Passwords under the retired key still work, once more: they move to the key in use as their owners sign in. It names whose have not.',
    'Run it again after the restore of a backup that was made before.',
  ],
  words: 1,
  run: input =>
    withServices(input, async services => {
      const { keyring, store, audit, now } = services
      const key = input.positionals[0] ?? ''
      const path = secretFileOf(services)
      if (!keyring.ids.includes(key))
        return refused(`${path} has no key "${key}". It has: ${keyring.ids.join(', ')}.`)
      if (key === keyring.currentId)
        return refused(
          `Key ${key} is in use. Add another with "lintel secret add", make it the one in use, and restart every process first.`,
        )
      const verdict = await verifyAudit(store, keyring, [], undefined, 'back')
      if (!verdict.whole) return say(verdict)
      const done = await resealAll(services)
      retireKey(path, key, await readEnds(store, key))
      await store.write(async tx => {
        await tx.db.updateTable('secret_key').set({ retired_at: now() }).where('id', '=', key).execute()
        await audit.record(tx, keysRecord('retire', key))
      })
      const left = await underKey(services, key)
      return answer(
        [
          `Key ${key} is retired from the next start on.`,
          ...resealedInWords(done, keyring.currentId),
          ...leftInWords(left),
          copyReminder(path),
          'Restart every process now. Leave the key in the file: it proves the older records of the audit log.',
        ],
        { ok: true, key, columns: done, left },
      )
    }),
}

/** Names shown to somebody who reads; a script gets all. */
const mostNames = 20

function leftInWords({ passwords, answers }: Awaited<ReturnType<typeof underKey>>) {
  const named = passwords.slice(0, mostNames).join(', ')
  const more =
    passwords.length > mostNames ? ` and ${passwords.length - mostNames} more (--json names all)` : ''
  return [
    ...(passwords.length === 0
      ? ['No password is under it.']
      : [`Passwords still under it, until their owners sign in: ${named}${more}.`]),
    ...(answers === 0
      ? []
      : [`${answers} answers to security questions are under it until they are set anew.`]),
  ]
}
