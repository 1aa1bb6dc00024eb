import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freshFolder } from '../database/databases.ts'
import { freePort } from '../database/postgres.ts'
import type { Scope } from '../process/process.ts'
import { needProgram, type Program, startProgram } from '../process/program.ts'

const modules = '/usr/lib/apache2/modules'
const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'include', 'mime']

/** The three values that an administrator copies from the console. */
interface Copied {
  readonly issuer: string
  readonly id: string
  readonly secret: string
}

/** A web server whose pages are for people who sign in through Lintel. It listens once it is started. */
interface Apache {
  readonly origin: string
  readonly redirectUri: string
  readonly backchannelUri: string
  /** A page that anyone may see. */
  readonly afterSignOut: string
  start(copied: Copied): Promise<void>
}

/** Each page shows who came in and what is known of them, on a line each. */
const pages = {
  '/open/bye.shtml': 'Goodbye',
  '/checked/page.shtml': 'Checked at every request',
  '/told/page.shtml': 'Told of the end',
  '/assessors/page.shtml': 'For assessors',
} as const

/** What a page is told of who reads it, at most this many seconds old. */
export const claimsAge = 1

const configuration = (folder: string, port: number, { issuer, id, secret }: Copied) => `
ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
LogLevel error
DefaultRuntimeDir ${folder}
${loaded.map(name => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
TypesConfig /dev/null
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
DocumentRoot ${folder}/pages
AddType text/html .shtml
AddOutputFilter INCLUDES .shtml
<Directory ${folder}/pages>
  Options +Includes
</Directory>
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${id}
OIDCClientSecret ${secret}
OIDCRedirectURI http://localhost:${port}/redirect_uri
OIDCCryptoPassphrase "a sentence that nobody guesses"
OIDCScope "openid profile email"
OIDCPKCEMethod S256
OIDCRemoteUserClaim preferred_username
OIDCPassIDTokenAs payload
OIDCUserInfoRefreshInterval ${claimsAge}
OIDCDefaultLoggedOutURL http://localhost:${port}/open/bye.shtml
<Location /redirect_uri>
  AuthType openid-connect
  Require valid-user
</Location>
<Location /checked>
  AuthType openid-connect
  Require valid-user
  OIDCRefreshAccessTokenBeforeExpiry 300 logout_on_error
</Location>
<Location /told>
  AuthType openid-connect
  Require valid-user
</Location>
<Location /assessors>
  AuthType openid-connect
  Require claim groups:workgroup:ASSESSORS
</Location>
`

/** It says nothing when it is up: it is asked until it answers or ends. */
async function listening(address: string, log: string, apache: Program): Promise<void> {
  const isThere = () =>
    fetch(address).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isThere())) {
    if (apache.hasEnded()) throw new Error(`Apache ended:\n${apache.output()}${await readFile(log, 'utf8')}`)
    await sleep(20)
  }
}

/** Debian's Apache with mod_auth_openidc, as one process; gone after the test. */
export async function openApache(t: Scope): Promise<Apache> {
  const program = needProgram('/usr/sbin/apache2', 'apache2-bin')
  needProgram(`${modules}/mod_auth_openidc.so`, 'libapache2-mod-auth-openidc')
  const { path: folder, remove } = await freshFolder()
  t.after(remove)
  await chmod(folder, 0o755)
  for (const [name, title] of Object.entries(pages)) {
    const file = join(folder, 'pages', name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `<title>${title}</title>\n<!--#printenv -->`)
  }
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const afterSignOut = `${origin}/open/bye.shtml`
  return {
    origin,
    redirectUri: `${origin}/redirect_uri`,
    backchannelUri: `${origin}/redirect_uri?logout=backchannel`,
    afterSignOut,
    async start(copied) {
      const file = join(folder, 'apache.conf')
      await writeFile(file, configuration(folder, port, copied))
      const running = startProgram(program, ['-X', '-f', file], { PATH: process.env['PATH'] })
      t.after(running.stop)
      await listening(afterSignOut, join(folder, 'error.log'), running)
    },
  }
}
