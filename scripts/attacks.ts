/** Attacks, each with the test that stands for it: what docs/attacks.md lists. Its sentences are the tests' own titles. */
import { globSync, readFileSync } from 'node:fs'

/** Files of test/attacks, whole files elsewhere, and single tests elsewhere (`file › title`), by what is attacked. */
const parts: Readonly<Record<string, readonly string[]>> = {
  'Guessing passwords and usernames': [
    'guessing',
    'guess-counters',
    'address-limit',
    'known-again',
    'discovery',
    'timing',
  ],
  'What is typed or uploaded': [
    'input',
    'injection',
    'clobbering',
    'uploads',
    'fuzz/parsers',
    'fuzz/forms',
    'fuzz/strangers',
  ],
  'The first sign-in': ['first-sign-in', 'welcome', 'routes'],
  'Forgot password and email': [
    'recovery-requests',
    'recovery-links',
    'recovery-answers',
    'recovery-known',
    'not-me',
    'src/mail/links.test.ts › mailed tokens are 256 random bits, and only their hashes are kept',
    'src/mail/links.test.ts › a forged browser name does not get into an email',
    'src/mail/postman.test.ts › line breaks in a name or email address add no header, message or recipient',
  ],
  '2-step verification': [
    'two-step',
    'two-step-settings',
    'own-ways',
    'passkeys',
    'passkey-sign-in',
    'src/verification/passkeys/answer.test.ts',
    'src/verification/passkeys/challenge.test.ts',
    'src/verification/passkeys/store.test.ts',
    'code-card',
    'print-card',
    'own-computer',
    'src/verification/code-card/store.test.ts',
    'src/helpdesk/person/code-card.test.ts',
  ],
  Sessions: [
    'session-cookies',
    'session-ends',
    'stale-session',
    'security-settings',
    'guarded-changes',
    'own-changes',
    'under-way',
  ],
  'Applications behind the door': [
    'openid',
    'openid-parameters',
    'src/applications/addresses.test.ts',
    'test/openid/sign-out.test.ts',
  ],
  'Other sites': ['cross-site', 'redirects', 'policy-reports'],
  Requests: ['protocol', 'slow-bodies', 'readers', 'leftovers', 'test/operator/busy.test.ts'],
  'The console': [
    'rights-lost',
    'reads',
    'src/helpdesk/access.test.ts',
    'console-forms',
    'other-agencies',
    'console-scope',
    'console-limits',
    'console-exports',
  ],
  'The audit log': ['audit-log', 'audit-scope', 'fuzz/audit-chain', 'src/account-menu/activity.test.ts'],
  'Database and disk': ['database', 'silence', 'failover', 'disk', 'kill'].map(
    name => `test/crash/${name}.test.ts`,
  ),
}

const titled = /\b(?:test|eachEngine)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs

/** Titles of the tests in a source, in their order; `…` stands for what a test puts in. */
export const titlesOf = (source: string): readonly string[] => [
  ...new Set(
    [...source.matchAll(titled)].map(([, , title = '']) =>
      title.replace(/\$\{[^}]+\}/g, '…').replaceAll("\\'", "'"),
    ),
  ),
]

const asSentence = (title: string) =>
  `${title.charAt(0).toUpperCase()}${title.slice(1).replace(/ \(…\)$/, '')}.`

type Row = readonly [sentence: string, file: string]

function rowsOf(entry: string): readonly Row[] {
  const [name = '', only] = entry.split(' › ')
  const file = name.endsWith('.test.ts') ? name : `test/attacks/${name}.test.ts`
  const titles = titlesOf(readFileSync(file, 'utf8'))
  if (only !== undefined && !titles.includes(only)) throw new Error(`${file} has no "${only}"`)
  return titles
    .filter(title => only === undefined || title === only)
    .map(title => [asSentence(title), `\`${file}\``])
}

/** Every attack, by what is attacked. Throws for a file of test/attacks that stands nowhere, and for a test that is gone. */
export function listAttacks(): readonly (readonly [about: string, rows: readonly Row[]])[] {
  const listed = new Set(Object.values(parts).flat())
  const missing = globSync('test/attacks/**/*.test.ts')
    .map(file => file.slice('test/attacks/'.length, -'.test.ts'.length))
    .filter(name => !listed.has(name))
  if (missing.length > 0) throw new Error(`scripts/attacks.ts does not list ${missing.join(', ')}`)
  return Object.entries(parts).map(([about, entries]) => [about, entries.flatMap(rowsOf)])
}
