/** `composition` is the guide's rule and the default; `length` is NIST SP 800-63B-4's. */
export type PasswordPolicy = 'composition' | 'length'

/** Problems of a new password, as far as it shows without the stored hashes. */
export type PasswordProblem =
  | 'password.empty'
  | 'password.not-text'
  | 'password.too-short'
  | 'password.no-capital'
  | 'password.no-number'
  | 'password.no-symbol'
  | 'password.too-long'
  | 'password.common'
  | 'password.personal'
  | 'password.mismatch'

/** A rule as the page lists it before the fields. */
export type RuleId = 'at-least-8' | 'at-least-15' | 'a-capital' | 'a-number' | 'a-symbol'

/** Facts about the person that a guesser would try first. */
export type PasswordContext = {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly organizations: readonly string[]
}

type NewPassword = {
  readonly password: string
  readonly confirm: string
  readonly policy: PasswordPolicy
  readonly context: PasswordContext
}

/** Lengths in Unicode code points after NFC. */
export const minimumLength: Readonly<Record<PasswordPolicy, number>> = { composition: 8, length: 15 }
export const maximumLength = 256

const systemWords = ['hmis', 'clienttrack', 'lintel']
const shortestContainedWord = 4
const shortestWord = 3

/**
 * The one form in which a password is counted, set and checked: NFC (NIST SP 800-63B-4, 3.1.1.2).
 * Nothing is trimmed and nothing is cut: blanks at the edges, line ends and control characters count.
 */
export function normalizePassword(text: string): string {
  return text.normalize('NFC')
}

/** The rules of a policy, in the order in which the page shows them. */
export function rulesFor(policy: PasswordPolicy): readonly RuleId[] {
  return policy === 'length' ? ['at-least-15'] : ['at-least-8', 'a-capital', 'a-number', 'a-symbol']
}

/**
 * Every problem of a new password in one go, none when it is accepted (ASVS 6.2.1–6.2.12).
 * `isListed` answers for lower-case letters and digits. An empty field and text that is not
 * well-formed Unicode have no other problems worth naming.
 */
export function checkNewPassword(
  input: NewPassword,
  isListed: (word: string) => boolean,
): readonly PasswordProblem[] {
  const password = normalizePassword(input.password)
  if (password === '') return ['password.empty']
  const problems: PasswordProblem[] = []
  if (!password.isWellFormed()) problems.push('password.not-text')
  else problems.push(...shapeProblems(password, input.policy), ...guessProblems(password, input, isListed))
  if (password !== normalizePassword(input.confirm)) problems.push('password.mismatch')
  return problems
}

function shapeProblems(password: string, policy: PasswordPolicy): readonly PasswordProblem[] {
  const length = [...password].length
  const problems: PasswordProblem[] = []
  if (length < minimumLength[policy]) problems.push('password.too-short')
  if (length > maximumLength) problems.push('password.too-long')
  if (policy === 'length') return problems
  if (!/[\p{Lu}\p{Lt}]/u.test(password)) problems.push('password.no-capital')
  if (!/\p{Nd}/u.test(password)) problems.push('password.no-number')
  if (!/[^\p{L}\p{M}\p{N}]/u.test(password)) problems.push('password.no-symbol')
  return problems
}

function guessProblems(
  password: string,
  { context }: NewPassword,
  isListed: (word: string) => boolean,
): readonly PasswordProblem[] {
  if ([...password].length > maximumLength) return []
  const problems: PasswordProblem[] = []
  const readings = readingsOf(password)
  const common = [...readings, ...codesOf(password)]
  if (isMonotone(password) || common.some(text => isCommon(text, isListed))) problems.push('password.common')
  const personal = contextWords(context)
  if (readings.some(reading => isPersonal(reading, personal))) problems.push('password.personal')
  return problems
}

/** The letters of a text, compared without case, accents or width: NFKD, lower case, letters only. */
export function lettersOf(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/\P{L}/gu, '')
}

const signsForLetters: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ '@': 'a', '4': 'a', '8': 'b', '3': 'e', '€': 'e', '9': 'g', '!': 'i', '0': 'o' }),
  ...Object.entries({ $: 's', '5': 's', '7': 't', '+': 't', '|': 'l' }),
])

/**
 * The words that a password may be read as: its letters alone, and its letters with symbols read as
 * the letters that they look like. Of the characters before the first and after the last letter at most
 * two are read so; the others are taken for decoration (`P@ssw0rd1!` is `password`).
 */
function readingsOf(password: string): readonly string[] {
  const text = password.normalize('NFKD').toLowerCase()
  const middle = /\p{L}(?:.*\p{L})?/su.exec(text)
  if (middle === null) return []
  const before = text.slice(0, middle.index)
  const after = text.slice(middle.index + middle[0].length)
  const readings = new Set([lettersOf(text)])
  for (const head of ['', before.slice(-1), before.slice(-2)]) {
    for (const tail of ['', after.slice(0, 1), after.slice(0, 2)]) {
      for (const one of ['i', 'l']) readings.add(readSigns(head + middle[0] + tail, one))
    }
  }
  return [...readings]
}

function readSigns(text: string, one: string): string {
  return lettersOf(
    Array.from(text, sign => (sign === '1' ? one : (signsForLetters.get(sign) ?? sign))).join(''),
  )
}

/** The texts in which digits count: letters and digits together; the digits alone when hardly a letter is left. */
function codesOf(password: string): readonly string[] {
  const text = password.normalize('NFKD').toLowerCase()
  const code = text.replace(/[^\p{L}\p{N}]/gu, '')
  return lettersOf(text).length < shortestWord ? [code, code.replace(/\P{N}/gu, '')] : [code]
}

function isCommon(text: string, isListed: (word: string) => boolean): boolean {
  return isMonotone(text) || formsOf(text).some(word => word.length >= shortestWord && isListed(word))
}

/** One character, or two in turn, and nothing else: `aaaaaaaa`, `abababab`. */
function isMonotone(text: string): boolean {
  const signs = [...text]
  return signs.length >= 4 && repeatedPart(signs).length <= 2
}

/** A text, what it repeats, and both reversed. */
function formsOf(text: string): readonly string[] {
  const signs = [...text]
  const part = repeatedPart(signs)
  return [signs, part].flatMap(word => [word.join(''), word.toReversed().join('')])
}

/** The shortest beginning that, written again and again, gives the whole; the last time may be cut short. */
function repeatedPart(signs: readonly string[]): readonly string[] {
  const length = signs.findIndex(
    (_, shift) =>
      shift > 0 &&
      shift <= signs.length * (2 / 3) &&
      signs.every((sign, at) => at < shift || sign === signs[at - shift]),
  )
  return length === -1 ? signs : signs.slice(0, length)
}

/** The words of the context and each text of it as one word, in letters; those too short to tell are left out. */
function contextWords(context: PasswordContext): readonly string[] {
  const { username, firstName, lastName, email, organizations } = context
  const texts = [username, firstName, lastName, firstName + lastName, lastName + firstName, email]
  const words = [...texts, ...organizations, ...systemWords].flatMap(text => [
    text,
    ...text.normalize('NFKD').split(/[^\p{L}\p{M}]+/u),
  ])
  return [...new Set(words.map(lettersOf))].filter(word => word.length >= shortestWord)
}

function isPersonal(reading: string, words: readonly string[]): boolean {
  const forms = formsOf(reading)
  if (words.some(word => forms.includes(word))) return true
  const covered = new Set<number>()
  for (const word of words.filter(word => word.length >= shortestContainedWord)) {
    for (const form of [word, [...word].toReversed().join('')]) {
      for (let at = reading.indexOf(form); at !== -1; at = reading.indexOf(form, at + 1)) {
        for (let step = 0; step < form.length; step += 1) covered.add(at + step)
      }
    }
  }
  return reading.length > 0 && covered.size * 2 >= reading.length
}
