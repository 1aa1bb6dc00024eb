/** What people change of their own account: whether it ends what others have signed in, mailed or under way. */
import assert from 'node:assert/strict'
import { type Effect, ownEpochTable } from '../../src/account/epoch-table.ts'
import { makeLink } from '../../src/mail/links.ts'
import { readLink } from '../../src/recovery/mailed-link.ts'
import { shutAccount } from '../../src/recovery/not-me/store.ts'
import { codeAt, stepAt, stepLength } from '../../src/verification/app/totp.ts'
import { addresses } from '../../src/verification/settings/addresses.ts'
import { eachEngine } from '../support/database/store.ts'
import type { Fields } from '../support/http/client.ts'
import { type Caller, type Desk, openDesk } from '../support/people/desk.ts'
import { keyOn } from '../support/people/two-step.ts'

type Change = keyof typeof ownEpochTable

/** What each form outside the console changes of an account; those that only go on with a sign-in change nothing. */
const ofForm: Readonly<Record<string, readonly Change[] | 'nothing'>> = {
  '/sign-in': 'nothing',
  '/sign-in/verify': 'nothing',
  '/sign-in/passkey': 'nothing',
  '/sign-in/with-passkey': 'nothing',
  '/sign-in/code-card': 'nothing',
  '/sign-in/backup-code': 'nothing',
  '/sign-in/two-step': ['2-step verification on'],
  '/sign-in/two-step/passkey': ['2-step verification on'],
  '/sign-in/two-step/security-key': ['2-step verification on'],
  '/sign-in/two-step/saved': 'nothing',
  '/sign-out': 'nothing',
  '/applications/enter': 'nothing',
  '/applications/sign-out': 'nothing',
  '/terms': ['terms accepted'],
  '/password/new': ['own password'],
  '/recovery': ['question skipped'],
  '/recovery/question': ['security question'],
  '/settings/choose': ['where one works'],
  '/settings/apply': ['where one works'],
  '/preferences': ['looks'],
  '/session/extend': 'nothing',
  '/security': 'nothing',
  '/security/sign-out-everywhere': ['signed out everywhere'],
  '/security/sessions/end': ['another session ended'],
  '/security/computers/end': ['own computer ended'],
  '/security/password': ['own password'],
  '/security/two-step/passkeys/new': ['another way'],
  '/security/two-step/security-keys/new': ['another way'],
  '/sign-in/two-step/card': ['own code card'],
  [addresses.twoStep]: ['2-step verification on'],
  [addresses.turnOff]: ['2-step verification off'],
  [addresses.newCodes]: ['new backup codes'],
  [addresses.saved]: 'nothing',
  [addresses.card]: ['own code card'],
  [addresses.anotherApp]: ['another way'],
  [addresses.rename(':id')]: ['name of a way'],
  [addresses.remove(':id')]: ['a way removed'],
  [addresses.replace(':id')]: ['a way replaced'],
  '/forgot-password': 'nothing',
  '/reset': ['forgotten password'],
  '/welcome': 'nothing',
  '/not-me': ['this was not me'],
}

const newPassword = 'Walnut ferry 19 at dusk'

const appsOf = async ({ store }: Desk, id: string): Promise<readonly string[]> =>
  (
    await store.read
      .selectFrom('authenticator')
      .select('id')
      .where('account_id', '=', id)
      .orderBy('added_at')
      .execute()
  ).map(app => app.id)

const epochOf = async ({ store }: Desk, id: string): Promise<number> =>
  (await store.read.selectFrom('account').select('epoch').where('id', '=', id).executeTakeFirstOrThrow())
    .epoch

eachEngine('every form of a person’s own says whether it ends what is signed in', async open => {
  const desk = await openDesk(await open())
  const own = desk.routes.filter(
    ({ method, path }) => method === 'POST' && !/^\/(helpdesk|agency)\//.test(path),
  )
  assert.deepEqual(own.map(({ path }) => path).toSorted(), Object.keys(ofForm).toSorted())
  const listed = Object.values(ofForm).flatMap(changes => (changes === 'nothing' ? [] : changes))
  assert.deepEqual(new Set<string>(listed), new Set(Object.keys(ownEpochTable)))
})

eachEngine(
  'each change of what opens an account ends everything older, and nothing else does',
  async open => {
    const desk = await openDesk(await open())
    const { clock, callers } = desk
    const { id } = callers.user
    const made = new Set<string>()

    async function change(name: Change, deed: (person: Caller) => Promise<Response>): Promise<void> {
      const person = await desk.signIn(id)
      const before = await epochOf(desk, id)
      const { status } = await deed(person)
      assert.ok([200, 303].includes(status), `${name}: ${status}`)
      const effect: Effect = ownEpochTable[name]
      assert.equal((await epochOf(desk, id)) - before, effect === 'raises' ? 1 : 0, name)
      made.add(name)
    }

    let key = ''
    const code = () => {
      clock.advance(stepLength)
      return codeAt(key, stepAt(clock.now()))
    }
    const pair = async (person: Caller, path: string, fields: Fields = {}) => {
      key = keyOn(await (await person.get(path)).text())
      return person.post(path, { ...fields, code: code() })
    }
    await change('own password', person =>
      person.post('/security/password', { password: newPassword, confirm: newPassword }),
    )
    await change('security question', person =>
      person.post('/recovery/question', {
        question: 'Which meal do I never eat again?',
        answer: 'cold soup',
      }),
    )
    await change('2-step verification on', person => pair(person, addresses.twoStep))
    await change('new backup codes', person => person.post(addresses.newCodes))
    await change('another way', person => pair(person, addresses.anotherApp, { name: 'Tablet' }))
    const [first = '', second = ''] = await appsOf(desk, id)
    await change('name of a way', person => person.post(addresses.rename(first), { name: 'Phone' }))
    await change('a way replaced', person => pair(person, addresses.replace(second)))
    await change('a way removed', person => person.post(addresses.remove(first)))
    await change('2-step verification off', person => person.post(addresses.turnOff, { code: code() }))
    await change('looks', person => person.post('/preferences', { theme: 'dark' }))
    await change('where one works', person => person.post('/settings/apply', {}))
    await change('signed out everywhere', person => person.post('/security/sign-out-everywhere'))
    const before = await epochOf(desk, id)
    const given = { kind: 'not-me', accountId: id, epoch: before, now: clock.now() } as const
    const token = await desk.store.write(tx => makeLink(tx, { ...given, lifetime: 60_000 }))
    const link = await readLink(desk, 'not-me', token)
    assert.ok(link !== undefined)
    assert.ok(await desk.store.write(tx => shutAccount(desk.services, tx, link, clock.now())))
    assert.equal(await epochOf(desk, id), before + 1, 'this was not me')
    const elsewhere = [
      'this was not me',
      'another session ended',
      'own computer ended',
      'forgotten password',
      'own code card',
      'terms accepted',
      'question skipped',
    ]
    assert.deepEqual([...made, ...elsewhere].toSorted(), Object.keys(ownEpochTable).toSorted())
  },
)
