import { readSettings } from '../settings.ts'
import type { Command } from './command.ts'
import type { Finding } from './finding.ts'
import { actAsOwner } from './owner.ts'

const marks = { good: 'ok  ', warn: 'warn', bad: 'BAD ' } as const

export const command: Command = {
  usage: 'doctor [--json]',
  about: [
    'Looks at the settings, the folder, the secret file, the store, applications, mail, Moodle, the clock and the certificate, changes nothing, and says what to do.',
    'It leaves with 1 when something is bad.',
  ],
  words: 0,
  async run({ env }) {
    const read = readSettings(env)
    if (read.ok) actAsOwner(read.settings)
    const findings = read.ok
      ? await (await import('./doctor-checks.ts')).lookAt(read.settings)
      : read.problems.map((says): Finding => ({ what: 'settings', state: 'bad', says }))
    const lines = findings.map(({ what, state, says }) => `${marks[state]}  ${what}: ${says}`)
    const sick = findings.some(({ state }) => state === 'bad')
    const json = { ok: !sick, findings }
    return { kind: 'done', lines, json, isSick: sick }
  },
}
