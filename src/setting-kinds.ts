import { existsSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import { readLine } from './store/postgres-line.ts'
import { addressTrouble, readSender } from './web/email-address.ts'

const portWords = 'must be a port, a number from 0 to 65535'

export const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: portWords })
  .transform(Number)
  .refine(number => number <= 65_535, { error: portWords })

/** What an address cannot hold as it is, where a name and a password stand in it. */
const encoded = 'In its name and password write % as %25, # as %23, / as %2F, ? as %3F, : as %3A and @ as %40'

const addressOf = (schemes: readonly string[], hint: string) =>
  z.string().refine(text => isAddress(text, schemes), {
    error: `must be an address that begins with ${schemes.map(s => `${s}//`).join(' or ')}${hint}`,
  })

export const url = (...schemes: string[]) => addressOf(schemes, '')
export const urlWithPassword = (...schemes: string[]) => addressOf(schemes, `. ${encoded}`)

/** A character that was left as it is ends the part before the host: the rest of the password would be taken for something else. */
function isAddress(text: string, schemes: readonly string[]): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, hash, pathname, search } = new URL(text)
  return (
    schemes.includes(protocol) &&
    hostname !== '' &&
    !`${hash}${pathname}${search}`.includes('@') &&
    [username, password].every(isDecodable)
  )
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

export const databaseAddress = z.string().superRefine((text, context) => {
  try {
    readLine(text)
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/^DATABASE_URL |\.$/g, '') : ''
    context.addIssue({ code: 'custom', message })
  }
})

/** An existing file; what holds none may be a pipe. */
export const file = z.string().refine(path => existsSync(path) && !isFolder(path), {
  error: 'names a file that is not there, or that this user may not look for',
})
export const fileToBe = z
  .string()
  .refine(path => !isFolder(path), { error: 'must name a file, and names a folder' })
export const folderToBe = z
  .string()
  .refine(path => isFolder(path) || !existsSync(path), { error: 'must name a folder, and names a file' })

const isFolder = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    return false
  }
}

export const addresses = z
  .string()
  .transform(text => text.split(',').map(part => part.trim()))
  .refine(parts => parts.every(isAddressOrRange), {
    error: 'must be addresses or ranges such as 10.0.0.0/8, with commas between them',
  })

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export const logLevel = z.enum(levels, { error: `must be one of ${levels.join(', ')}` })

/** One address that mail can go to. */
export const emailAddress = z.string().refine(text => addressTrouble(text) === undefined, {
  error: 'must be one email address like ann@example.org',
})
export const sender = z.string().refine(text => readSender(text) !== undefined, {
  error: 'must be one sender, like HMIS Helpdesk <helpdesk@example.org>',
})
