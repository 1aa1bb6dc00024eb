import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

/** A file system of its own, which only this command sees; the story is told by disk-full.ts. */
const inSmallFolder =
  'folder=$(mktemp -d) && mount -t tmpfs -o size=6m lintel "$folder" && exec "$1" "$2" "$folder"'

test('a full disk: honest pages, nothing acknowledged is lost, and all goes on once there is room', async () => {
  const namespace = ['--user', '--map-root-user', '--mount']
  const story = ['sh', '-c', inSmallFolder, 'sh', process.execPath, `${import.meta.dirname}/disk-full.ts`]
  const { stdout } = await promisify(execFile)('unshare', [...namespace, ...story], { maxBuffer: 1e8 })
  assert.match(stdout, /^whole again$/m)
})
