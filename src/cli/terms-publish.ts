import { readFileSync } from 'node:fs'
import { publishText } from '../administration/publish-terms.ts'
import { publishWords } from '../administration/words.ts'
import { readPolicy } from '../policy/policy.ts'
import { isTaken } from '../store/store.ts'
import { timeInWords } from '../web/time.ts'
import { answer, type Command, refused, refusedWith, textOf, usage } from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'

export const command: Command = {
  usage: 'terms publish FILE [--from TIME] [--json]',
  about: [
    'Publishes the text of FILE (UTF-8) as the next version of the terms. Once it is in force, everyone is asked to accept it on the next page they open.',
    'A line that starts with "# " is a heading, lines that start with "- " are a list, and a blank line ends a paragraph.',
    '',
    '--from TIME    When it takes effect, such as 2026-12-01T06:00-06:00. Without it, right away.',
  ],
  options: { from: { type: 'string' } },
  words: 1,
  run(input) {
    const from = textOf(input.values, 'from')
    const at = from === undefined ? undefined : timeOf(from)
    if (from !== undefined && at === undefined)
      return Promise.resolve(
        usage('--from is a date and time with its zone, such as 2026-12-01T06:00-06:00.'),
      )
    const text = readText(input.positionals[0] ?? '')
    if (!text.ok) return Promise.resolve(refused(text.why))
    return withServices(input, async services => {
      const { store, now } = services
      const given = { text: text.text, now: now(), effectiveAt: at ?? now() }
      const outcome = await store
        .write(tx => publishText(services, tx, { actor: operator(), role: 'administrator' }, given))
        .catch(error => {
          if (isTaken(error)) return 'taken' as const
          throw error
        })
      if (outcome === 'taken')
        return refused('Someone else just published terms. Check them, then run this again.')
      if (!outcome.ok) return refusedWith(outcome.refusals, publishWords.refusals)
      const { number, sha256, effective_at } = outcome.value
      const when = timeInWords(effective_at, (await readPolicy(store)).timeZone, 'en')
      return answer([`Version ${number} takes effect on ${when}.`, `SHA-256 ${sha256}`], {
        ok: true,
        version: number,
        sha256,
        effectiveAt: effective_at,
      })
    })
  },
}

/** Milliseconds since 1970 of a date and time that names its zone. */
function timeOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}

function readText(
  path: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string } {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) }
  } catch (error) {
    const why = error instanceof TypeError ? `${path} is not text in UTF-8.` : `${path} cannot be read.`
    return { ok: false, why }
  }
}
