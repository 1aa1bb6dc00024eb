import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { createApp } from '../app.ts'
import { openHasher } from '../services.ts'
import type { Role } from '../store/schema.ts'
import {
  type Access,
  administrators,
  admit,
  anyone,
  atStep,
  atStepOrInside,
  contacts,
  holder,
  inside,
  staff,
} from './access.ts'
import { type Step, stepAddress, steps } from './next-step.ts'
import type { Visitor } from './visitor.ts'

/** A visitor as far as `admit` looks. */
const visitor = (kind: 'pending' | 'session', step?: Step, role: Role = 'user') =>
  ({ kind, step, person: { role }, row: { contact_since: null as number | null } }) as Visitor
const contact = { ...visitor('session'), row: { contact_since: 1 } } as Visitor
const stranger: Visitor = { kind: 'stranger', ended: undefined }

const told = (access: Access, who: Visitor) => {
  const decision = admit(access, who)
  return decision.admit ? 'in' : (decision.leadTo ?? decision.why)
}

const table: readonly (readonly [claim: string, access: Access, who: Visitor, told: string])[] = [
  ['a stranger, to what is for anyone', anyone, stranger, 'in'],
  ['a stranger, to signing out', holder, stranger, '/sign-in'],
  ['a stranger, to a step', atStep('terms'), stranger, '/sign-in'],
  ['a stranger, inside', inside, stranger, '/sign-in'],
  ['a pending sign-in, to signing out', holder, visitor('pending', 'terms'), 'in'],
  ['a pending sign-in, to its step', atStep('terms'), visitor('pending', 'terms'), 'in'],
  ['a pending sign-in, to a later step', atStep('password'), visitor('pending', 'terms'), '/terms'],
  ['a pending sign-in, to an earlier step', atStep('verify'), visitor('pending', 'terms'), '/terms'],
  ['a pending sign-in, inside', inside, visitor('pending', 'terms'), '/terms'],
  ['a pending sign-in without a step, inside', inside, visitor('pending'), '/'],
  ['a pending sign-in without a step, to one', atStepOrInside('terms'), visitor('pending'), '/'],
  ['a session, inside', inside, visitor('session'), 'in'],
  ['a session with an open step, inside', inside, visitor('session', 'terms'), '/terms'],
  ['a session, to a step that is done', atStep('terms'), visitor('session'), '/'],
  ['a session, to a step that is also a setting', atStepOrInside('recovery'), visitor('session'), 'in'],
  ['a user, to the console', staff, visitor('session'), 'role'],
  ['helpdesk, to the console', staff, visitor('session', undefined, 'helpdesk'), 'in'],
  ['a user, to the agency desk', contacts, visitor('session'), 'not-there'],
  [
    'an administrator who is no contact, to it',
    contacts,
    visitor('session', undefined, 'administrator'),
    'not-there',
  ],
  ['an agency contact, to the agency desk', contacts, contact, 'in'],
  ['an agency contact, to the console', staff, contact, 'role'],
  [
    'helpdesk, to what is for administrators',
    administrators,
    visitor('session', undefined, 'helpdesk'),
    'role',
  ],
  [
    'an administrator with an open step, to the console',
    staff,
    visitor('session', 'two-step', 'administrator'),
    '/sign-in/two-step',
  ],
]
for (const [claim, access, who, where] of table)
  test(`${claim}: ${where === 'in' ? 'let in' : `led to ${where}`}`, () =>
    assert.equal(told(access, who), where))

/** The routes as they are mounted. */
const routesOf = ({ services }: Opened) =>
  createApp({ services, hasher: openHasher(services.keyring) }).routes

const role = fc.constantFrom<Role>('user', 'helpdesk', 'administrator')

eachEngine('no walk over all addresses reaches the inside while a step is open', async open => {
  const routes = routesOf(await open())
  const route = fc.constantFrom(...routes)
  fc.assert(
    fc.property(
      fc.subarray([...steps]),
      role,
      fc.constantFrom('pending', 'session'),
      fc.array(fc.tuple(route, fc.boolean()), { maxLength: 60 }),
      (open, who, kind, walk) => {
        const left = [...open]
        for (const [{ access, method }, right] of walk) {
          const [step] = left
          const current = step === undefined ? visitor('session', undefined, who) : visitor(kind, step, who)
          const decision = admit(access, current)
          if (step === undefined) continue
          if (decision.admit) {
            assert.ok(access.kind !== 'inside')
            if (access.kind === 'step') assert.equal(access.step, step)
          } else assert.equal(decision.leadTo, stepAddress[step])
          if (decision.admit && access.kind === 'step' && method === 'POST' && right) left.shift()
        }
      },
    ),
    { numRuns: 300 },
  )
})

eachEngine('every step has a page where it is led to and a form that does it', async open => {
  const routes = routesOf(await open())
  for (const step of steps) {
    const open = routes.filter(({ access }) => access.kind === 'step' && access.step === step)
    const page = open.find(({ method, path }) => method === 'GET' && path === stepAddress[step])
    assert.ok(page, `${step} has no page`)
    assert.ok(
      open.some(({ method }) => method === 'POST'),
      `${step} has no form`,
    )
    assert.ok(admit(page.access, visitor('pending', step)).admit)
  }
})

eachEngine(
  'a stranger gets to nothing but what is for anyone, and no address is mounted twice',
  async open => {
    const routes = routesOf(await open())
    for (const { access, path } of routes)
      assert.equal(admit(access, stranger).admit, access.kind === 'anyone', path)
    const addresses = routes.map(({ method, path }) => `${method} ${path}`)
    assert.equal(new Set(addresses).size, addresses.length)
  },
)
