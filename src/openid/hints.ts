import { type Hints, type HintsReader, noHints } from '../session/hints.ts'
import type { Keyring } from '../store/keyring.ts'
import { isLanguage } from '../web/language.ts'
import { tidyLine } from '../web/line.ts'
import { entryAddress } from './paths.ts'
import { askedAt } from './stamp.ts'

/** Characters of a name at most: an email address has no more. */
const longestName = 254

/**
 * The hints of a request that waits. Only of one that the engine has found good and that we have stamped since: a link
 * that somebody made by hand fills in nothing.
 */
export const hintsReader =
  (keyring: Keyring): HintsReader =>
  (waiting, now) => {
    if (!waiting.startsWith(`${entryAddress}?`)) return noHints
    const parameters = new URLSearchParams(waiting.slice(entryAddress.length))
    parameters.delete('wish')
    return askedAt(keyring, parameters.toString(), now) === undefined ? noHints : hintsIn(parameters)
  }

function hintsIn(parameters: URLSearchParams): Hints {
  const name = tidyLine(parameters.get('login_hint') ?? '')
  const tags = (parameters.get('ui_locales') ?? '').toLowerCase().split(' ')
  return {
    username: name.length > longestName ? '' : name,
    language: tags.map(tag => tag.split('-', 1)[0]).find(isLanguage),
  }
}
