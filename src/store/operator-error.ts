import { userInfo } from 'node:os'

/** Something that an operator can put right. The message says what happened and what to do, and holds no secret. */
export class OperatorError extends Error {}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '')

/** The user that this process runs as. */
export function ownName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

/** The system's error for a file, by its code; `path` is the file. */
const fileWords: Readonly<Record<string, (path: string) => string>> = {
  EACCES: path =>
    `${ownName()} may not use ${path}: give it to the user that runs Lintel (chown), and run this as that user.`,
  EPERM: path =>
    `${ownName()} may not change ${path}: give it to the user that runs Lintel (chown), and run this as that user.`,
  EEXIST: path => `${path} is there already, and is not what Lintel needs in its place.`,
  EISDIR: path => `${path} is a folder, and Lintel needs a file there.`,
  ENOTDIR: path => `${path} leads through a file as if that were a folder. Name another place.`,
  ENOENT: path => `${path} is not there, or the folder that it belongs in is not.`,
  EROFS: path => `${path} lies where nothing can be written. Name a place that can be.`,
  ENAMETOOLONG: path => `The name ${path} is too long for a file.`,
  ELOOP: path => `The links at ${path} lead in a circle.`,
  EIO: path => `The disk of ${path} does not work. Look at the system's log.`,
}

/** SQLite's error for the store, by its primary code. */
const sqliteWords: Readonly<Record<number, string>> = {
  5: 'Another program holds the store (lintel.sqlite) for itself. End it, or wait until it is done.',
  8: 'The store (lintel.sqlite) cannot be written: give it, and its folder, to the user that runs Lintel.',
  10: 'The disk of the store (lintel.sqlite) does not work. Look at the system’s log.',
  11: 'The store (lintel.sqlite) is damaged. Keep it as it is, and restore a backup.',
  14: 'The store (lintel.sqlite) cannot be opened: give it, and its folder, to the user that runs Lintel.',
  23: 'The store (lintel.sqlite) cannot be opened: give it, and its folder, to the user that runs Lintel.',
  26: 'The store (lintel.sqlite) is no database. Move that file away, or restore a backup.',
}

/** The message to an operator about an error of the file system or of SQLite; undefined for any other. */
export function explainFile(error: Error): string | undefined {
  if ('errcode' in error) return sqliteWords[Number(error.errcode) & 0xff]
  const code = codeOf(error)
  if ('path' in error) return fileWords[code]?.(String(error.path))
  // The system names no path when a file that is open already turns out to be a folder.
  return code === 'EISDIR' ? 'A folder is named where Lintel needs a file.' : undefined
}
