/**
 * `node scripts/risky-uses.ts`: what can hurt is used in named files only (ASVS V11.1.3, V15.1.5). A new use fails the
 * check until it stands here with its reason, and so in docs/SECURITY.md.
 */
import { readSources } from './floors.ts'

export interface RiskyUse {
  readonly what: string
  readonly pattern: RegExp
  /** The files that it is looked for in; absent: all. */
  readonly under?: string
  /** Files of src that may, each with what for; none: nobody may. */
  readonly allowed: Readonly<Record<string, string>>
}

const nobody = {}

export const riskyUses: readonly RiskyUse[] = [
  {
    what: 'Starting programs',
    pattern: /\bchild_process\b/,
    allowed: {
      'src/cli/postgres-tools.ts':
        "the operator's backup and restore by PostgreSQL's own tools, without a shell",
    },
  },
  {
    what: 'Writing files',
    pattern:
      /import \{[^}]*\b(?:writeFile|appendFile|createWriteStream|copyFile|rename|link|symlink|open|cp|truncate)(?:Sync)?\b[^}]*\} from 'node:fs|import (?:\w+|\* as \w+) from 'node:fs/,
    allowed: {
      'src/cli/move-ends.ts': 'the store that a move makes, and the room for it',
      'src/store/secret-file.ts': 'the secret file',
      'src/store/wal-flush.ts': "none: flushes what SQLite has written to the store's file",
      'src/store/disk.ts': 'the name of a finished file, and flushes of it and of its folder',
      'src/store/room.ts': 'a file in the data folder, gone at once, that shows whether the disk is full',
      'src/mail/transport.ts': 'the outbox, when no mail server is set',
      'src/web/assets.ts': "the browser's script without its types, beside Node's compile cache",
      'src/cli/restore-sqlite.ts': "the operator's restore",
      'src/cli/postgres-tools.ts':
        'the authorities that pg_dump is to trust, in a folder that is gone afterwards',
    },
  },
  {
    what: 'Printing',
    pattern: /\bprocess\.std(?:out|err)\.write\b|\bpino\.destination\b/,
    allowed: {
      'src/cli.ts': 'why a file of settings could not be read',
      'src/cli/open.ts': 'which store a verb speaks to',
      'src/services.ts': "the process's log",
      'src/serve.ts': 'the first administrator and the address at the start; why a start stops',
      'src/cli/line.ts': 'answers of the command line',
      'src/cli/stream.ts': 'exports of the command line',
      'src/cli/account-import.ts': 'how far an import is',
      'src/cli/progress.ts': 'how far a check or a move is',
    },
  },
  {
    what: 'SQL from text',
    pattern: /\b(?:sql|CompiledQuery)\.raw\b/,
    allowed: {
      'src/store/shape.ts': 'the queries of columns and indexes, which hold no value',
      'src/store/migrate.ts': 'the schema',
      'src/store/sqlite.ts': 'begin, commit, rollback',
      'src/store/postgres.ts': 'begin',
      'src/helpdesk/news/store.ts': 'the direction in which a list is read',
      'src/helpdesk/terms/store.ts': 'the direction in which a list is read',
      'src/helpdesk/people/store.ts': 'the direction in which a list is read',
    },
  },
  {
    what: 'Markup that is not escaped',
    pattern: /(?<!\.)\braw\(|\bnew Html\(/,
    allowed: {
      'src/web/html.ts': 'where every other value is escaped',
      'src/web/layout.ts': 'the head of a page, the same for everyone',
      'src/web/mark.ts': 'the mark',
      'src/web/doorway.ts': 'the drawing of a doorway',
      'src/web/parts/messages.ts': 'the signs beside messages',
    },
  },
  {
    what: 'Markup from text, in the browser',
    pattern: /\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b/,
    allowed: nobody,
  },
  {
    what: "The browser's storage",
    pattern: /\b(?:local|session)Storage\b|\bindexedDB\b/,
    allowed: nobody,
  },
  { what: 'Random numbers that can be guessed', pattern: /\bMath\.random\b/, allowed: nobody },
  {
    what: 'Broken hashes and ciphers',
    pattern: /['"`](?:md5|sha-?1|des|rc4|aes-\d+-(?:ecb|cbc))\b/i,
    allowed: {
      'src/verification/app/totp.ts':
        'SHA-1 inside the codes of RFC 6238, as authenticator apps compute them',
    },
  },
  {
    what: 'Encryption',
    pattern: /\bcreate(?:C|Dec)ipheriv\b/,
    allowed: { 'src/store/keyring.ts': 'AES-256-GCM for what is sealed' },
  },
  {
    what: 'Password hashing',
    pattern: /@node-rs\/argon2|\bscrypt/,
    allowed: {
      'src/password/hashing.ts': 'Argon2id with a pepper',
      'src/verification/code-card/hash.ts': 'scrypt for codes of a card, keyed',
    },
  },
  {
    what: 'Keyed hashes',
    pattern: /\bcreateHmac\b/,
    allowed: {
      'src/store/keyring.ts': 'signatures',
      'src/audit/audit.ts': 'the chain of records',
      'src/password/hashing.ts': 'the pepper',
      'src/verification/common/keyed-hash.ts': 'backup codes and codes of a card, also under a former key',
    },
  },
  {
    what: 'Writing for an agent of the console',
    pattern: /\bstore\.write(?:One)?\b/,
    under: 'src/helpdesk/',
    allowed: {
      'src/helpdesk/shared/console.ts': 'every change, once the agent’s rights were read again',
      'src/helpdesk/audit/routes.ts': 'that the log was read',
      'src/helpdesk/audit/verification.ts': 'how far a check of the log is',
      'src/helpdesk/reports/exports/download.ts': 'that an export was read',
    },
  },
  {
    what: 'Connections to other machines',
    pattern: /\bfetch\(|from 'pg'|import\('nodemailer'\)|\bnode:(?:net|tls|dgram|dns)\b|\.connect\(/,
    allowed: {
      'src/store/postgres.ts': '`DATABASE_URL`',
      'src/store/pooler.ts': '`DATABASE_URL`, by the connections of the store',
      'src/mail/transport.ts': '`SMTP_URL`',
      'src/training/moodle.ts': '`MOODLE_URL`',
      'src/mail/try-server.ts': 'the doctor, to `SMTP_URL`',
      'src/cli/doctor-checks.ts': 'none: reads addresses',
      'src/cli/doctor-sources.ts': 'none: reads addresses',
      'src/cli/doctor-proxy.ts': 'the doctor, to `LINTEL_ORIGIN`',
      'src/cli/doctor-applications.ts': 'the doctor, to the back-channel addresses of applications',
      'src/openid/engine.ts':
        'applications that asked to hear of the end of a session, at the address that an administrator registered',
      'src/openid/call.ts': 'none: a socket that is never opened stands where the engine expects one',
      'src/cli/postgres-tools.ts': 'none itself: reads which authorities are trusted',
      'src/certificate.ts': 'none: checks that a certificate and its key belong together',
      'src/serve.ts': 'none: asks whether a terminal is there',
      'src/demo/bed-board.ts': 'none: looks for a port that is free',
      'src/setting-kinds.ts': 'none: reads addresses',
      'src/web/request.ts': 'none: reads addresses',
      'src/web/proxy.ts': 'none: reads addresses',
      'src/web/browser/passkeys.ts': 'the browser, to this site: what a passkey or security key is asked',
      'src/web/browser/timeout.ts': 'in the browser, to this site alone',
    },
  },
]

/** Uses outside the named files, and names of files that have none any more. */
export function findRiskyUses(
  sources: Readonly<Record<string, string>>,
  uses = riskyUses,
): readonly string[] {
  return uses.flatMap(({ what, pattern, under = '', allowed }) => {
    const found = Object.keys(sources).filter(
      file => file.startsWith(under) && pattern.test(sources[file] ?? ''),
    )
    return [
      ...found
        .filter(file => !Object.hasOwn(allowed, file))
        .map(file => `${file}: ${what}, not among the named files`),
      ...Object.keys(allowed)
        .filter(file => !found.includes(file))
        .map(file => `${file}: ${what} is allowed there and not used`),
    ]
  })
}

/** The server's own code, without its tests. */
export const readCode = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(readSources('src/**/*.ts')).filter(([file]) => !file.endsWith('.test.ts')),
  )
