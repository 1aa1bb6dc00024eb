/** Loaded before Lintel: every commit on SQLite takes 5 ms longer, as on a slow disk. */
import { DatabaseSync } from 'node:sqlite'

const delay = 5
const cell = new Int32Array(new SharedArrayBuffer(4))
const prepare = DatabaseSync.prototype.prepare

DatabaseSync.prototype.prepare = function (this: DatabaseSync, text: string) {
  const statement = prepare.call(this, text)
  if (text !== 'commit') return statement
  const run = statement.run.bind(statement)
  statement.run = () => {
    Atomics.wait(cell, 0, 0, delay)
    return run()
  }
  return statement
}
