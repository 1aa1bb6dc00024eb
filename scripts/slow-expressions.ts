/**
 * Regular expressions whose search can take longer than its text is long (ASVS V1.3.12), as scslre finds them: each that
 * `npm run check` names has to be written another way.
 */
import { analyse } from 'scslre'

/** An expression as it is written in code, after what can stand before one. */
const literal =
  /(?<=[(,=>:?[!&|{]\s?|return |^\s+)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)(?=[\s).,;\]?:])/gm

export function findSlowExpressions(sources: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(sources).flatMap(([file, text]) =>
    [...text.matchAll(literal)]
      .filter(([, source = '', flags]) => analyse(new RegExp(source, flags)).reports.length > 0)
      .map(([expression]) => `${file}: ${expression} can take much longer than its text is long`),
  )
}
