/** Prints and answers like `src/main.ts`, so that the tests of `process.ts` do not depend on Lintel itself. */
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const { PORT, LINTEL_DATA = '.', REFUSE } = process.env
if (REFUSE !== undefined) {
  process.stderr.write(`${REFUSE}\n`)
  process.exit(1)
}
const first = join(LINTEL_DATA, 'first')
const server = createServer((request, response) => {
  response.end(
    JSON.stringify({
      now: Date.now(),
      today: new Date().toISOString(),
      url: request.url,
      engine: process.env['DATABASE_URL'] ? 'postgres' : 'sqlite',
    }),
  )
})
server.listen(Number(PORT), '127.0.0.1', () => {
  if (!existsSync(first))
    process.stdout.write('First administrator: username admin, temporary password abcd-efgh-jkmn\n')
  writeFileSync(first, '')
  process.stdout.write(`Lintel is listening on http://localhost:${PORT}\n`)
})
process.on('SIGTERM', () => {
  server.close(() => process.stdout.write('Stopped\n'))
  server.closeAllConnections()
})
