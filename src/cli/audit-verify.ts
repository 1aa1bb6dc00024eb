import { existsSync } from 'node:fs'
import { type Fault, type Verdict, verifyAudit } from '../audit/verify.ts'
import { type Answer, answer, type Command, refused, textOf } from './command.ts'
import { readHeadsFile } from './heads.ts'
import { withServices } from './open.ts'
import { clearProgress, showProgress } from './progress.ts'

export const command: Command = {
  usage: 'audit verify [--heads FILE] [--json]',
  about: [
    'Follows every chain of the audit log and names the first record that was changed, moved or taken out.',
    '',
    '--heads FILE    A copy of the process log, kept where nobody can change both. It shows whether the end of a chain was cut off.',
  ],
  options: { heads: { type: 'string' } },
  words: 0,
  async run(input) {
    const path = textOf(input.values, 'heads')
    if (path !== undefined && !existsSync(path)) return refused(`${path} is not there.`)
    const heads = path === undefined ? [] : await readHeadsFile(path)
    if (path !== undefined && heads.length === 0)
      return refused(
        `${path} contains no chain heads. Give the process log of Lintel, where they are written.`,
      )
    return withServices(input, async ({ store, keyring }) => {
      const verdict = await verifyAudit(store, keyring, heads, records =>
        showProgress(`${records} records checked`),
      )
      clearProgress()
      return say(verdict)
    })
  },
}

const faults: Readonly<Record<Fault, string>> = {
  changed: 'was changed, or another record was put in its place',
  missing: 'is missing',
  'unknown-key': 'was signed with a key that is not in the secret file',
  'retired-key': 'was signed with a key that had been retired',
  'tail-cut': 'and what followed it were cut off',
}

export function say(verdict: Verdict): Answer {
  if (verdict.whole)
    return answer(
      [`The audit log is intact: ${verdict.records} records in ${verdict.chains} chains.`],
      verdict,
    )
  const { chain, position, record, why } = verdict
  const name = record === null ? `Record ${position}` : `Record ${position} (${record})`
  return {
    kind: 'refused',
    reasons: [
      `The audit log is broken. ${name} of chain ${chain} ${faults[why]}.`,
      'Leave the store as it is, make a copy, and compare it with your backups and the process log.',
    ],
    json: verdict,
  }
}
