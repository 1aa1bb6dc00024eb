import { X509Certificate } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Settings } from '../settings.ts'
import { secretFilePath } from '../store/secret-file.ts'
import { sqliteFile } from '../store/store.ts'
import { lookAtDatabaseLine } from './doctor-database.ts'
import { lookAtMail } from './doctor-mail.ts'
import { lookAtMoodle } from './doctor-moodle.ts'
import { lookAtStore } from './doctor-store.ts'
import type { Finding } from './finding.ts'

const day = 24 * 3_600_000

/** All that the doctor looks at, in the order in which one would mend it. */
export async function lookAt(settings: Settings): Promise<readonly Finding[]> {
  return [
    { what: 'settings', state: 'good', says: `all can be read; people type ${settings.LINTEL_ORIGIN}` },
    lookAtNode(process.versions.node),
    lookAtFolder(settings.LINTEL_DATA),
    ...lookAtSecret(settings),
    ...lookAtDatabaseLine(settings),
    ...(await lookAtStore(settings)),
    await lookAtMail(settings),
    ...(await lookAtMoodle(settings)),
    ...lookAtCertificate(settings),
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
    return { what, state: 'warn', says: `${path} is not there yet: the first start makes it.` }
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return {
      what,
      state: 'bad',
      says: `this user cannot write to ${path}: give the folder to the user that runs Lintel.`,
    }
  }
  const file = sqliteFile(path)
  if (existsSync(file) && openToOthers(file))
    return { what, state: 'bad', says: `other users of the machine can read the store: chmod 600 ${file}` }
  return openToOthers(path)
    ? { what, state: 'warn', says: `other users of the machine can look into it: chmod 700 ${path}` }
    : { what, state: 'good', says: path }
}

function lookAtSecret(settings: Settings): readonly Finding[] {
  const what = 'secret file'
  const path = resolve(secretFilePath(settings.LINTEL_DATA, settings.LINTEL_SECRET_FILE))
  if (!existsSync(path))
    return [{ what, state: 'warn', says: `${path} is not there: right for a new store only.` }]
  const findings: Finding[] = []
  if (openToOthers(path))
    findings.push({ what, state: 'bad', says: `other users of the machine can read it: chmod 600 ${path}` })
  if (dirname(path) === resolve(settings.LINTEL_DATA))
    findings.push({
      what,
      state: 'warn',
      says: `${path} lies in the data folder, so whoever copies the folder has the keys too. Move it and name it with LINTEL_SECRET_FILE.`,
    })
  return findings.length > 0 ? findings : [{ what, state: 'good', says: path }]
}

function lookAtCertificate({ LINTEL_TLS_CERT }: Settings): readonly Finding[] {
  if (LINTEL_TLS_CERT === undefined) return []
  const what = 'certificate'
  try {
    const { validTo } = new X509Certificate(readFileSync(LINTEL_TLS_CERT))
    const left = Date.parse(validTo) - Date.now()
    if (left <= 0)
      return [{ what, state: 'bad', says: `it ended on ${validTo}: put a new one in place and restart.` }]
    return [{ what, state: left < 14 * day ? 'warn' : 'good', says: `it ends on ${validTo}` }]
  } catch {
    return [{ what, state: 'bad', says: `${LINTEL_TLS_CERT} is not a certificate in PEM form.` }]
  }
}
