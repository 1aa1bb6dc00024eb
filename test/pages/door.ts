import { readPolicy } from '../../src/policy/policy.ts'
import { queueWelcome } from '../../src/recovery/welcome/mail.ts'
import { codesOnCard } from '../../src/session/code-card.ts'
import { newCardCodes } from '../../src/verification/code-card/code.ts'
import { prepareCard, putCard } from '../../src/verification/code-card/store.ts'
import { answer, password } from '../journeys/guide.ts'
import type { Client } from '../support/http/client.ts'
import { giveKey } from '../support/people/authenticator.ts'
import { keyOn, linkOn, pair, throughGate } from '../support/people/two-step.ts'
import { applicationPages } from './applications.ts'
import { homeWith, leftOpen } from './opened-applications.ts'
import { after, by, byStranger, type Pages, type State } from './state.ts'
import type { World } from './world.ts'

const longNames = 'maximiliana-konstantinopolitanskaya-featherstonehaugh'
const rightToLeft = 'yusra'
const wrong = 'Not the password 7!'

/** What a mailed link leads to; the link is followed once and its page kept in the browser. */
const mailed = (name: string, kind: 'reset' | 'not-me' | 'welcome', steps: readonly Step[]): State => ({
  name,
  async show(world) {
    const client = world.stranger()
    const username = await invite[kind](world)
    let page = await client.follow(await client.get(await world.mailedLink(username, kind)))
    for (const [fields, button] of steps) page = await client.follow(await client.submit(fields, button))
    return { path: `/${kind}`, answer: page }
  },
})
type Step = readonly [fields: Readonly<Record<string, string>>, button: string]

let invited = 0
const newName = (kind: string) => `${kind}-${++invited}`

/** Makes somebody who gets a mail with a link of this kind. @returns the username. */
const invite = {
  async reset(world: World): Promise<string> {
    const username = newName('forgets')
    await world.data.addPeople({ username, account: { recovery_asked: 1 } })
    const client = await world.as(username)
    await client.get('/recovery/question')
    await client.follow(await client.submit({ question: 'Which meal do I never eat again?', answer }, 'Save'))
    const stranger = world.stranger()
    await stranger.get('/forgot-password')
    await stranger.submit({ username }, 'Continue')
    return username
  },
  async 'not-me'(world: World): Promise<string> {
    const username = newName('notices')
    await world.data.addPeople({ username })
    const client = await world.as(username)
    await throughGate(client, '/security/password', password)
    const next = 'Other lantern 8 over snow'
    await client.submit({ password: next, confirm: next }, 'Save')
    return username
  },
  async welcome(world: World): Promise<string> {
    const username = newName('newcomer')
    await world.data.addPeople({ username, temporary: true, termsOpen: true })
    const { services } = world.data
    const policy = await readPolicy(services.store)
    const id = await world.idOf(username)
    await services.store.write(tx =>
      queueWelcome(services, tx, id, { withLink: true, policy, now: services.now() }),
    )
    const stranger = world.stranger()
    await stranger.get('/forgot-password')
    await stranger.submit({ username: 'nobody' }, 'Continue')
    return username
  },
}

/** Somebody new in this state, with the guide's password. */
const newcomer = (
  name: string,
  path: string,
  person: object,
  send?: readonly [fields: Readonly<Record<string, string>>, button?: string],
): State => ({
  name,
  async show(world) {
    const username = newName('newcomer')
    await world.data.addPeople({ username, ...person })
    return (send ? after(username, name, path, ...send) : by(username, name, path)).show(world)
  },
})

const paired = (name: string, path: string, send?: (code: string) => Step): State => ({
  name,
  async show(world) {
    const username = newName('pairs')
    await world.data.addPeople({ username })
    const client = await world.as(username)
    const { app, codes } = await pair(client, world.clock, password)
    const page = await client.get(path)
    if (!send) return { path, answer: page }
    return { path, answer: await client.follow(await client.submit(...send(codes[0] ?? app.code()))) }
  },
})

/** A page about the one app of somebody. */
const ofWay = (name: string, what: 'rename' | 'remove' | 'replace', send?: Step): State => ({
  name,
  async show(world) {
    const username = newName('pairs')
    await world.data.addPeople({ username })
    const client = await world.as(username)
    await pair(client, world.clock, password)
    const path = linkOn(await client.get('/security/two-step'), links[what])
    const page = await client.get(path)
    return { path, answer: send ? await client.submit(...send) : page }
  },
})
const links = { rename: 'Rename', remove: 'Remove', replace: 'Replace authenticator' } as const

const atCodes = (name: string, path: string, send?: Step): State => ({
  name,
  async show(world) {
    const client = await world.as('gus')
    const page = await client.get(path)
    return { path, answer: send ? await client.submit(...send) : page }
  },
})

/** After pairing, on a page that shows the backup codes or says that they may not be saved. */
const backupCodes = (name: string, path: string): State => ({
  name,
  async show(world) {
    const username = newName('codes')
    await world.data.addPeople({ username })
    const client = await world.as(username)
    const page = await throughGate(client, '/security/two-step', password)
    const code = world.clock.app(keyOn(page.text)).code()
    await client.submit({ code }, 'Turn On')
    return { path, answer: await client.get(path) }
  },
})
const unsavedCodes = backupCodes('codes that may not be saved', '/security/two-step')

const tooManyTries: State = {
  name: 'has to wait',
  async show(world) {
    const client = world.stranger()
    await client.get('/sign-in')
    const username = newName('waits')
    let page = await client.submit({ username, password: wrong }, 'Sign In')
    for (let tries = 0; tries < 6; tries++)
      page = await client.submit({ username, password: wrong }, 'Sign In')
    return { path: '/sign-in', answer: page }
  },
}

/** The card's last code was used, and there is no other way. */
const usedUpCard: State = {
  name: 'used up',
  async show(world) {
    const username = newName('card')
    await world.data.addPeople({ username })
    const { services } = world.data
    const id = await world.idOf(username)
    const card = await prepareCard(services.keyring, id, newCardCodes())
    await services.store.write(async tx => {
      await putCard(tx, card, services.now())
      await tx.db
        .updateTable('code_card')
        .set({ next_number: codesOnCard + 1 })
        .where('account_id', '=', id)
        .execute()
    })
    const client = await world.as(username)
    return { path: '/sign-in/code-card', answer: await client.get('/sign-in/code-card') }
  },
}

/** Somebody with a passkey of this address, or of a former one. */
async function withKey(world: World, rpId = 'localhost'): Promise<Client> {
  const username = newName('key')
  await world.data.addPeople({ username })
  await giveKey(world.data.services, await world.idOf(username), { rpId })
  return world.as(username)
}

/** The only passkey is of the address that the site had before. */
const elsewhere: State = {
  name: 'of a former address',
  async show(world) {
    const client = await withKey(world, 'former.example.org')
    return { path: '/sign-in/passkey', answer: await client.get('/sign-in/passkey') }
  },
}

/** The gate, for who got in by a backup code and has a passkey. */
const keyGate: State = {
  name: 'gate, with a passkey',
  async show(world) {
    const username = newName('key')
    await world.data.addPeople({ username })
    const client = await world.as(username)
    await giveKey(world.data.services, await world.idOf(username), { rpId: 'localhost', meets: true })
    return { path: '/security', answer: await client.get('/security') }
  },
}

/** The right password of an account that is kept out. */
const barred = (name: string, account: object): State => ({
  name,
  async show(world) {
    const username = newName('barred')
    await world.data.addPeople({ username, account })
    const client = world.stranger()
    await client.get('/sign-in')
    return { path: '/sign-in', answer: await client.submit({ username, password }, 'Sign In') }
  },
})

/** A page of somebody past the gate, with a passkey of this address and one of a former address. */
const withKeys = (name: string, path: string): State => ({
  name,
  async show(world) {
    const username = newName('key')
    await world.data.addPeople({ username })
    const client = await world.as(username)
    await throughGate(client, '/security', password)
    for (const rpId of ['localhost', 'former.example.org'])
      await giveKey(world.data.services, await world.idOf(username), { rpId, meets: true })
    return { path, answer: await client.get(path) }
  },
})

/** Every page before and around the console. */
export const doorPages: Pages = {
  '/sign-in': [
    byStranger('empty', '/sign-in'),
    newcomer('signed out', '/', {}, [{}, 'Sign Out']),
    leftOpen,
    newcomer('after the terms were declined', '/terms', { termsOpen: true }, [{}, 'Decline']),
    after(undefined, 'refused', '/sign-in', { username: 'amina', password: wrong }, 'Sign In'),
    after(undefined, 'nothing entered', '/sign-in', { username: '', password: '' }, 'Sign In'),
    tooManyTries,
    barred('suspended', { suspended_until: Date.UTC(2099, 0, 1) }),
    barred('locked down', { password_blocked_at: 1 }),
    barred('training expired', { training_state: 'lapsed' }),
  ],
  '/sign-in/verify': [
    atCodes('empty', '/sign-in/verify'),
    atCodes('refused', '/sign-in/verify', [{ code: '12' }, 'Submit']),
  ],
  '/sign-in/backup-code': [
    atCodes('empty', '/sign-in/backup-code'),
    atCodes('refused', '/sign-in/backup-code', [{ backup: 'nothing like it' }, 'Submit']),
  ],
  '/sign-in/code-card': [
    by('moses', 'empty', '/sign-in/code-card'),
    after('moses', 'refused', '/sign-in/code-card', { card: '12' }, 'Submit'),
    usedUpCard,
  ],
  '/sign-in/two-step': [
    by('hana', 'empty', '/sign-in/two-step'),
    after('hana', 'refused', '/sign-in/two-step', { code: '12' }, 'Turn On'),
  ],
  '/settings/choose': [by('dolores', 'with choices', '/settings/choose')],
  '/terms': [by('erik', 'to be accepted', '/terms')],
  '/privacy': [byStranger('for anyone', '/privacy'), by('amina', 'inside', '/privacy')],
  '/accessibility': [byStranger('for anyone', '/accessibility')],
  '/terms/accepted': [by('amina', 'one version', '/terms/accepted'), newcomer('none', '/terms/accepted', {})],
  '/password/new': [
    newcomer('empty', '/password/new', { temporary: true }),
    newcomer('refused', '/password/new', { temporary: true }, [{ password: 'x', confirm: 'y' }, 'Save']),
  ],
  '/recovery': [
    by('fatuma', 'in the first sign-in', '/recovery'),
    by('amina', 'set', '/recovery'),
    by(longNames, 'not set', '/recovery'),
  ],
  '/recovery/question': [
    by('fatuma', 'in the first sign-in', '/recovery/question'),
    after('fatuma', 'refused', '/recovery/question', { question: '', answer: '' }, 'Save'),
    by('amina', 'set already', '/recovery/question'),
  ],
  '/forgot-password': [
    byStranger('empty', '/forgot-password'),
    after(undefined, 'nothing entered', '/forgot-password', { username: '' }, 'Continue'),
  ],
  '/forgot-password/sent': [byStranger('sent', '/forgot-password/sent')],
  '/reset': [
    byStranger('without a link', '/reset'),
    mailed('question', 'reset', []),
    mailed('wrong answer', 'reset', [[{ answer: 'not this one' }, 'Continue']]),
    mailed('new password', 'reset', [[{ answer }, 'Continue']]),
    mailed('weak password', 'reset', [
      [{ answer }, 'Continue'],
      [{ password: 'x', confirm: 'y' }, 'Save'],
    ]),
  ],
  '/not-me': [
    byStranger('without a link', '/not-me'),
    mailed('what will happen', 'not-me', []),
    mailed('done', 'not-me', [[{}, 'End all sessions']]),
  ],
  '/welcome': [byStranger('without a link', '/welcome'), mailed('welcome', 'welcome', [])],
  '/': [
    by('amina', 'in good order', '/'),
    by('sven', 'without organization and workgroup', '/'),
    by('ingrid', 'with much to do', '/'),
    by(longNames, 'long names', '/'),
    by(rightToLeft, 'right-to-left names', '/'),
    homeWith(1, 'one application'),
    homeWith(3, 'several applications'),
  ],
  '/preferences': [
    by('amina', 'as they are', '/preferences'),
    newcomer('saved', '/preferences', {}, [{ theme: 'dark', language: '' }, 'Save']),
  ],
  '/security': [
    newcomer('gate', '/security', {}),
    newcomer('gate refused', '/security', {}, [{ password: wrong }, 'Submit']),
    newcomer('open', '/security', {}, [{ password }, 'Submit']),
    by(rightToLeft, 'gate, right-to-left names', '/security'),
    keyGate,
  ],
  '/security/password': [
    by('amina', 'empty', '/security/password'),
    after('amina', 'refused', '/security/password', { password: 'x', confirm: 'y' }, 'Save'),
  ],
  '/two-step/backup-codes': [backupCodes('codes just made', '/two-step/backup-codes')],
  '/security/two-step': [
    by('amina', 'off', '/security/two-step'),
    after('amina', 'refused', '/security/two-step', { code: '12' }, 'Turn On'),
    unsavedCodes,
    paired('on', '/security/two-step'),
    withKeys('on, with a key of a former address', '/security/two-step'),
  ],
  ...applicationPages,
  '/sign-in/passkey': [
    by('keisha', 'empty', '/sign-in/passkey'),
    after('keisha', 'refused', '/sign-in/passkey', { passkey: '{}' }),
    elsewhere,
  ],
  '/sign-in/two-step/passkey': [by('hana', 'in the sign-in', '/sign-in/two-step/passkey')],
  '/sign-in/two-step/security-key': [by('hana', 'in the sign-in', '/sign-in/two-step/security-key')],
  '/security/two-step/passkeys/new': [
    by('amina', 'the first way', '/security/two-step/passkeys/new'),
    after('amina', 'refused', '/security/two-step/passkeys/new', { passkey: '{}' }),
    paired('one more', '/security/two-step/passkeys/new'),
  ],
  '/security/two-step/security-keys/new': [
    by('amina', 'the first way', '/security/two-step/security-keys/new'),
    after('amina', 'without an answer', '/security/two-step/security-keys/new', { passkey: '' }),
  ],
  '/security/two-step/card': [
    by('amina', 'to be printed', '/security/two-step/card'),
    after('amina', 'refused', '/security/two-step/card', { card: '12' }, 'Use This Card'),
  ],
  '/sign-in/two-step/card': [by('hana', 'in the sign-in', '/sign-in/two-step/card')],
  '/security/two-step/turn-off': [
    paired('asks once more', '/security/two-step/turn-off'),
    withKeys('asks once more, with a passkey', '/security/two-step/turn-off'),
    paired('refused', '/security/two-step/turn-off', () => [{ code: '12' }, 'Turn Off']),
  ],
  '/security/two-step/new-codes': [
    paired('asks once more', '/security/two-step/new-codes'),
    paired('new codes', '/security/two-step/new-codes', () => [{}, 'New backup codes']),
  ],
  '/security/two-step/apps/new': [
    paired('one more app', '/security/two-step/apps/new'),
    paired('refused', '/security/two-step/apps/new', () => [{ code: '12', name: '' }, 'Turn On']),
  ],
  '/security/two-step/ways/:id/rename': [
    ofWay('to be named', 'rename'),
    ofWay('refused', 'rename', [{ name: '' }, 'Rename']),
  ],
  '/security/two-step/ways/:id/remove': [
    ofWay('asks once more', 'remove'),
    ofWay('the only one', 'remove', [{}, 'Remove']),
  ],
  '/security/two-step/ways/:id/replace': [ofWay('replacing', 'replace')],
}

/** Answers that are no page of their own address, each with its reason. */
export const notPages: Readonly<Record<string, string>> = {
  '/reset/:token': 'redirects to /reset, so that the token leaves the address bar',
  '/not-me/:token': 'redirects to /not-me',
  '/welcome/:token': 'redirects to /welcome',
  '/.well-known/change-password': 'redirects to /security/password, for password managers',
  '/two-step/backup-codes.txt': 'a text file',
  '/session/status': 'JSON for the script',
  '/sign-in/with-passkey/options': 'JSON for the script',
  '/sign-in/passkey/options': 'JSON for the script',
  '/security/passkey/options': 'JSON for the script',
  '/security/two-step/turn-off/options': 'JSON for the script',
  '/sign-in/two-step/passkey/options': 'JSON for the script',
  '/sign-in/two-step/security-key/options': 'JSON for the script',
  '/security/two-step/passkeys/new/options': 'JSON for the script',
  '/security/two-step/security-keys/new/options': 'JSON for the script',
  '/language/:tag': 'redirects to the page that it was asked from',
  '/helpdesk/import/template.csv': 'a file of rows',
  '/helpdesk/compare/list.csv': 'a file of rows',
  '/helpdesk/reviews/:id/export': 'a file of rows',
  '/helpdesk/reports/board/export': 'a file of rows',
  '/helpdesk/renewals/:id/export': 'a file of rows',
}

/** Pages that no route holds. */
export const errorPages: Pages = {
  'not found': [byStranger('for a stranger', '/nowhere'), by('jamal', 'inside', '/nowhere')],
  'not allowed': [by('amina', 'a console page', '/helpdesk')],
  'wrong method': [byStranger('for a stranger', '/session/extend')],
}
