import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import { readCertificate, readPair } from '../certificate.ts'
import type { Settings } from '../settings.ts'
import { ownName } from '../store/operator-error.ts'
import { secretFilePath } from '../store/secret-file.ts'
import { sqliteFile } from '../store/store.ts'
import { version } from '../web/version.ts'
import { lookAtDatabaseLine } from './doctor-database.ts'
import { lookAtMail } from './doctor-mail.ts'
import { lookAtMoodle } from './doctor-moodle.ts'
import { lookAtProxy } from './doctor-proxy.ts'
import { lookAtStore } from './doctor-store.ts'
import type { Finding } from './finding.ts'
import { explain } from './trouble.ts'

const day = 24 * 3_600_000

/** All that the doctor looks at, in the order in which one would mend it. */
export async function lookAt(settings: Settings): Promise<readonly Finding[]> {
  const store = await lookAtStore(settings)
  const hasMoodle = store.some(({ what }) => what === 'moodle')
  return [
    { what: 'lintel', state: 'good', says: `${version}, looking as ${ownName()}` },
    { what: 'settings', state: 'good', says: `all can be read; people type ${settings.LINTEL_ORIGIN}` },
    lookAtNode(process.versions.node),
    lookAtFolder(settings.LINTEL_DATA),
    ...lookAtRoom(settings.LINTEL_DATA),
    ...lookAtSecret(settings),
    ...lookAtDatabaseLine(settings),
    ...store,
    await lookAtMail(settings),
    ...(hasMoodle ? [] : await lookAtMoodle(settings, settings.MOODLE_COURSES ?? [])),
    ...lookAtCertificate(settings),
    ...(await lookAtProxy(settings)),
  ]
}

function lookAtNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 15)
    ? { what: 'node', state: 'good', says: version }
    : { what: 'node', state: 'bad', says: `${version} is too old: run "npm ci", which brings the right one.` }
}

const openToOthers = (path: string): boolean => (statSync(path).mode & 0o077) !== 0

function lookAtFolder(folder: string): Finding {
  const what = 'data folder'
  const path = resolve(folder)
  if (!existsSync(path))
    return mayMake(path)
      ? { what, state: 'warn', says: `${path} is not there yet: the first start makes it.` }
      : {
          what,
          state: 'bad',
          says: `${path} is not there, and ${ownName()} cannot make it: make it, and give it to the user that runs Lintel.`,
        }
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return {
      what,
      state: 'bad',
      says: `${ownName()} cannot write to ${path}: give the folder to the user that runs Lintel.`,
    }
  }
  const file = sqliteFile(path)
  if (existsSync(file) && openToOthers(file))
    return { what, state: 'bad', says: `other users of the machine can read the store: chmod 600 ${file}` }
  return openToOthers(path)
    ? { what, state: 'warn', says: `other users of the machine can look into it: chmod 700 ${path}` }
    : { what, state: 'good', says: path }
}

/** Tells whether this user may make the folder, in the nearest one above it that is there. */
function mayMake(path: string): boolean {
  const above = dirname(path)
  if (!existsSync(above)) return above !== path && mayMake(above)
  try {
    accessSync(above, constants.W_OK | constants.X_OK)
    return statSync(above).isDirectory()
  } catch {
    return false
  }
}

const gibibyte = 1024 ** 3

function lookAtRoom(folder: string): readonly Finding[] {
  if (!existsSync(folder)) return []
  const { bavail, bsize } = statfsSync(folder)
  const free = (bavail * bsize) / gibibyte
  return [
    {
      what: 'disk',
      state: free < 1 ? 'warn' : 'good',
      says: `${free.toFixed(1)} GiB are free under the data folder${free < 1 ? ': make room, or Lintel can write nothing soon' : ''}`,
    },
  ]
}

function lookAtSecret(settings: Settings): readonly Finding[] {
  const what = 'secret file'
  const path = resolve(secretFilePath(settings.LINTEL_DATA, settings.LINTEL_SECRET_FILE))
  if (!existsSync(path))
    return [{ what, state: 'warn', says: `${path} is not there: right for a new store only.` }]
  const findings: Finding[] = []
  try {
    accessSync(path, constants.R_OK)
  } catch {
    return [
      {
        what,
        state: 'bad',
        says: `${ownName()} cannot read ${path}: give it to the user that runs Lintel (chown).`,
      },
    ]
  }
  if (openToOthers(path))
    findings.push({ what, state: 'bad', says: `other users of the machine can read it: chmod 600 ${path}` })
  if (dirname(path) === resolve(settings.LINTEL_DATA))
    findings.push({
      what,
      state: 'warn',
      says: `${path} is in the data folder, so anyone who copies the folder has the keys too. Move it, and name it with LINTEL_SECRET_FILE.`,
    })
  return findings.length > 0 ? findings : [{ what, state: 'good', says: path }]
}

function lookAtCertificate(settings: Settings): readonly Finding[] {
  const { LINTEL_TLS_CERT: cert, LINTEL_TLS_KEY: key, LINTEL_ORIGIN } = settings
  if (cert === undefined || key === undefined) return []
  const finding = (state: Finding['state'], says: string) => [{ what: 'certificate', state, says }]
  try {
    readPair({ cert, key })
    const certificate = readCertificate(cert)
    const { validFrom, validTo } = certificate
    const left = Date.parse(validTo) - Date.now()
    const name = new URL(LINTEL_ORIGIN).hostname.replace(/^\[|\]$/g, '')
    if ((isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) === undefined)
      return finding('bad', `it is not for ${name}, the name in LINTEL_ORIGIN: browsers will refuse it.`)
    if (Date.parse(validFrom) > Date.now()) return finding('bad', `it begins on ${validFrom} only.`)
    if (left <= 0)
      return finding('bad', `it ended on ${validTo}: put a new one in place. It is taken up within a minute.`)
    return finding(left < 14 * day ? 'warn' : 'good', `for ${name}, with its key; it ends on ${validTo}`)
  } catch (error) {
    return finding('bad', explain(error)[0] ?? 'it cannot be read.')
  }
}
