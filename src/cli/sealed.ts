import { sealedRows } from '../administration/import/batch.ts'
import { sealedLists } from '../administration/lists/store.ts'
import { sealedMail } from '../mail/queue.ts'
import { sealedKeys } from '../openid/keys.ts'
import { sealedTokens } from '../openid/tokens.ts'
import { sealedForms } from '../session/kept-form.ts'
import type { Services } from '../session/services.ts'
import { resealColumn, type SealedColumn } from '../store/reseal.ts'
import { sealedAuthenticators } from '../verification/app/store.ts'
import { sealedInSessions, sealedInSignIns } from '../verification/common/kept.ts'
import { sealedPasskeys } from '../verification/passkeys/store.ts'

/** Everything that is sealed, each with what it is called. A column of the schema that is not here fails a test. */
export const sealedColumns: readonly (readonly [name: string, column: SealedColumn])[] = [
  ['authenticators', sealedAuthenticators],
  ['passkeys and security keys', sealedPasskeys],
  ['messages that wait', sealedMail],
  ['forms kept for later', sealedForms],
  ['pages of files for import', sealedRows],
  ['lists to compare', sealedLists],
  ['set-ups of a session', sealedInSessions],
  ['set-ups of a sign-in', sealedInSignIns],
  ['codes and tokens of applications', sealedTokens],
  ['signing keys', sealedKeys],
]

/** For each sealed column: how many values were sealed anew, and how many no key opens. */
export async function resealAll(services: Pick<Services, 'store' | 'keyring'>) {
  const done: { readonly name: string; readonly sealed: number; readonly dead: number }[] = []
  for (const [name, column] of sealedColumns) done.push({ name, ...(await resealColumn(services, column)) })
  return done
}

/** The same in words, without what there was none of. */
export const resealedInWords = (
  done: Awaited<ReturnType<typeof resealAll>>,
  key: string,
): readonly string[] => {
  const some = done.filter(({ sealed }) => sealed > 0).map(({ name, sealed }) => `${sealed} ${name}`)
  const dead = done.filter(each => each.dead > 0).map(each => `${each.dead} ${each.name}`)
  return [
    some.length === 0
      ? `Everything is sealed with key ${key} already.`
      : `Sealed with key ${key}: ${some.join(', ')}.`,
    ...(dead.length === 0 ? [] : [`No key opens these, and they are of no use: ${dead.join(', ')}.`]),
  ]
}
