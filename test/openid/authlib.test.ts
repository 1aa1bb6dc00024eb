/** An application on Authlib, the library of Superset and much else in Python, against the real process. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { openData, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { startLintel } from '../support/process/process.ts'
import { needProgram } from '../support/process/program.ts'
import { register } from './support.ts'

const callback = 'https://beds.example.org/callback'
const script = join(import.meta.dirname, '../support/outside/authlib-party.py')

for (const engine of engines)
  test(`Authlib signs a person in, checks the ID token, refreshes, looks a token up and gives it back (${engine})`, async t => {
    const lintel = await startLintel(t, { engine })
    const data = await openData(t, lintel)
    await data.addPeople({ username: 'ines' })
    const { id, secret } = await register(data, { name: 'Dashboard', redirectUris: [callback] })
    const python = needProgram('/usr/bin/python3', 'python3-authlib')
    const program = spawn(python, [script, lintel.origin, id, secret, callback], {
      env: { AUTHLIB_INSECURE_TRANSPORT: '1' },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    t.after(() => program.kill())
    const lines = createInterface(program.stdout)[Symbol.asyncIterator]()
    const said = async () => JSON.parse(String((await lines.next()).value))

    const asked = new URL(await said())
    const browser = await signedIn(lintel, 'ines', password)
    const answer = await browser.get(asked.pathname + asked.search)
    program.stdin.end(`${answer.location}\n`)
    const { claims, known, isFresh, isActive } = await said()
    assert.equal(claims.preferred_username, 'ines')
    assert.deepEqual([known.sub, known.workgroup], [claims.sub, claims.workgroup])
    assert.equal(isFresh, true)
    assert.deepEqual(isActive, [true, false])
  })
