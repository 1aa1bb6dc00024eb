/** better-auth as its manual sets it up, with the hashes of Lintel: PORT, DATABASE_URL, PASSWORD, PEOPLE to make (with commas). */
import { createServer } from 'node:http'
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { username } from 'better-auth/plugins/username'
import pg from 'pg'

const { PORT, DATABASE_URL, PASSWORD, PEOPLE } = process.env
const options = {
  baseURL: `http://localhost:${PORT}`,
  secret: randomBytes(32).toString('hex'),
  // As many connections as Lintel has.
  database: new pg.Pool({ connectionString: DATABASE_URL, max: 10 }),
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password: string) =>
        hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }),
      verify: (given: { hash: string; password: string }) => verify(given.hash, given.password),
    },
  },
  plugins: [username()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
}
await (await getMigrations(options)).runMigrations()
const auth = betterAuth(options)
for (const name of PEOPLE.split(',').filter(Boolean))
  await auth.api.signUpEmail({
    body: { email: `${name}@bench.example`, name, username: name, password: PASSWORD },
  })
const answer = toNodeHandler(auth)
createServer((request, response) =>
  request.url === '/' ? response.end('ready') : answer(request, response),
).listen(Number(PORT), '127.0.0.1')
