/** Loaded before Lintel: bringing a commit of SQLite to the disk takes 5 ms longer, as on a slow disk. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const delay = 5
const fast = fs.fdatasync

fs.fdatasync = Object.assign(
  (file: number, done: fs.NoParamCallback) => fast(file, error => setTimeout(done, delay, error)),
  { __promisify__: fast.__promisify__ },
)
syncBuiltinESMExports()
