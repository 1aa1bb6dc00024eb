/**
 * `node scripts/slow-expressions.ts`: regular expressions whose search can take longer than its text is long (ASVS V1.3.12).
 * A part that repeats without end is quick when nothing comes after it. Where something does, the expression stands here
 * with the reason why it is quick all the same.
 */
const ownText = 'reads text of ours, or of the operator'
/** From one beginning a text is read forwards and back again once. */
const oneStart = 'begins at one place only, and its repetitions share no sign'

/** The expressions that may, as they are written, each with the reason. */
export const knownExpressions: Readonly<Record<string, string>> = {
  [String.raw`/^\d+ to \d+ (\w+)/`]: ownText,
  [String.raw`/^\d+(,\d+)*$/`]: ownText,
  [String.raw`/^( {2}\w+ text)\b/gm`]: ownText,
  [String.raw`/\/+$/`]: ownText,
  [String.raw`/^(?:\/|localhost$|127\.\d+\.\d+\.\d+$|::1$)/`]: ownText,
  [String.raw`/\.(?=[^.]+$)/`]: ownText,
  [String.raw`/url\("?([\w.-]+)"?\)/g`]: ownText,
  [String.raw`/^[\s\0]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/`]: oneStart,
  [String.raw`/^'+[\s\0]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/`]: oneStart,
  [String.raw`/^multipart\/form-data; *boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+./-]{1,70}))$/i`]:
    oneStart,
  [String.raw`/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i`]: oneStart,
  [String.raw`/^\/(?![/\\])[\x21-\x7e]*$/`]: oneStart,
  [String.raw`/^\s*q=([01](?:\.\d{0,3})?)\s*$/`]: oneStart,
  [String.raw`/;\s*q=0(\.0*)?$/`]:
    'reads from each semicolon on to what is no blank, and blanks are no semicolons',
  [String.raw`/\p{L}(?:.*\p{L})?/su`]: 'ends with the first letter that it finds, or with the last',
}

/** An expression as it is written in code, after what can stand before one. */
const literal =
  /(?<=[(,=>:?[!&|{]\s?|return |^\s+)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[dgimsuvy]*(?=[\s).,;\]?:])/gm

/** A class, or a sign that is escaped: what stands in it repeats nothing. */
const atoms = /\[(?:\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\./g
/** A repetition without end, and something after it beside the ends of groups. */
const repeats = /(?:[+*]|\{\d+,\})\??(?!\)*\/[a-z]*$)/

const isSlow = (expression: string): boolean => repeats.test(expression.replace(atoms, 'x'))

/** Slow expressions that are not known, and known ones that are gone. */
export function findSlowExpressions(
  sources: Readonly<Record<string, string>>,
  known = knownExpressions,
): readonly string[] {
  const slow = Object.entries(sources).flatMap(([file, text]) =>
    (text.match(literal) ?? []).filter(isSlow).map(expression => ({ file, expression })),
  )
  const written = new Set(slow.map(({ expression }) => expression))
  return [
    ...slow
      .filter(({ expression }) => !Object.hasOwn(known, expression))
      .map(({ file, expression }) => `${file}: ${expression} repeats something and goes on after it`),
    ...Object.keys(known)
      .filter(expression => !written.has(expression))
      .map(expression => `${expression} is known to be quick and is nowhere`),
  ]
}
