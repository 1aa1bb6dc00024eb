import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Facts, nextStep, progressOf, type Step, stepAddress, steps } from './next-step.ts'

const now = 1_000_000
const done: Facts = {
  hasSecondStep: false,
  codeProven: false,
  organizations: 1,
  organizationChosen: true,
  workgroups: 1,
  workgroupChosen: true,
  termsVersion: 'v1',
  termsAcceptedAt: 1,
  termsLifetime: undefined,
  passwordTemporary: false,
  recoveryAsked: false,
  twoStepDueAt: undefined,
}
/** For each step, facts that leave it open. */
const open: Readonly<Record<Step, Partial<Facts>>> = {
  verify: { hasSecondStep: true },
  settings: { organizations: 2, organizationChosen: false },
  terms: { termsAcceptedAt: undefined },
  password: { passwordTemporary: true },
  recovery: { recoveryAsked: true },
  'two-step': { twoStepDueAt: now },
}
const order = ['verify', 'settings', 'terms', 'password', 'recovery', 'two-step'] as const

test("the steps stand in the guide's order, each with an address of its own", () => {
  assert.deepEqual(steps, order)
  assert.equal(new Set(Object.values(stepAddress)).size, order.length)
})

for (const [at, step] of order.entries())
  test(`"${step}" comes first when it and all after it are open`, () => {
    const facts: Facts = Object.assign({}, done, ...order.slice(at).map(later => open[later]))
    assert.equal(nextStep(facts, now), step)
    assert.equal(nextStep({ ...done, ...open[step] }, now), step)
  })

const inside: readonly (readonly [claim: string, facts: Partial<Facts>])[] = [
  ['everything is done', {}],
  ['the code was given', { hasSecondStep: true, codeProven: true }],
  [
    'there is neither an organization nor a workgroup',
    { organizations: 0, organizationChosen: false, workgroups: 0, workgroupChosen: false },
  ],
  ['the one organization there is needs no choosing', { organizationChosen: false }],
  ['both choices were made', { organizations: 3, workgroups: 2 }],
  ['no terms were published', { termsVersion: undefined, termsAcceptedAt: undefined }],
  ['acceptance holds for a millisecond more', { termsAcceptedAt: now - 99, termsLifetime: 100 }],
  ['the second step is due in a millisecond', { twoStepDueAt: now + 1 }],
]
for (const [claim, facts] of inside)
  test(`the way inside is free when ${claim}`, () =>
    assert.equal(nextStep({ ...done, ...facts }, now), undefined))

const comesBack: readonly (readonly [claim: string, facts: Partial<Facts>, step: Step])[] = [
  ['one of two choices is missing', { organizations: 2, workgroups: 2, workgroupChosen: false }, 'settings'],
  ['acceptance is over this very millisecond', { termsAcceptedAt: now - 100, termsLifetime: 100 }, 'terms'],
  ['the second step is due now', { twoStepDueAt: now }, 'two-step'],
]
for (const [claim, facts, step] of comesBack)
  test(`"${step}" is open when ${claim}`, () => assert.equal(nextStep({ ...done, ...facts }, now), step))

test('doing the step that is open always leads to a later one, and at last inside', () => {
  const time = fc.option(fc.nat(2 * now), { nil: undefined })
  const facts: fc.Arbitrary<Facts> = fc.record({
    hasSecondStep: fc.boolean(),
    codeProven: fc.boolean(),
    organizations: fc.nat(3),
    organizationChosen: fc.boolean(),
    workgroups: fc.nat(3),
    workgroupChosen: fc.boolean(),
    termsVersion: fc.constantFrom('v1', undefined),
    termsAcceptedAt: time,
    termsLifetime: fc.option(fc.integer({ min: 1, max: now }), { nil: undefined }),
    passwordTemporary: fc.boolean(),
    recoveryAsked: fc.boolean(),
    twoStepDueAt: time,
  })
  const doing: Readonly<Record<Step, Partial<Facts>>> = {
    verify: { codeProven: true },
    settings: { organizationChosen: true, workgroupChosen: true },
    terms: { termsAcceptedAt: now },
    password: { passwordTemporary: false },
    recovery: { recoveryAsked: false },
    'two-step': { twoStepDueAt: undefined },
  }
  fc.assert(
    fc.property(facts, given => {
      let state = given
      let last = -1
      for (let step = nextStep(state, now); step !== undefined; step = nextStep(state, now)) {
        assert.ok(order.indexOf(step) > last)
        last = order.indexOf(step)
        state = { ...state, ...doing[step] }
      }
    }),
    { numRuns: 1_000 },
  )
})

const newcomer: Facts = {
  ...done,
  termsAcceptedAt: undefined,
  passwordTemporary: true,
  workgroups: 2,
  workgroupChosen: false,
}

test('a first sign-in counts its steps to the last, and the sum does not change on the way', () => {
  const way: readonly Partial<Facts>[] = [
    {},
    { workgroupChosen: true },
    { termsAcceptedAt: now },
    { passwordTemporary: false, recoveryAsked: true },
  ]
  const states = way.map((_, index): Facts => Object.assign({}, newcomer, ...way.slice(0, index + 1)))
  assert.deepEqual(
    states.map(state => progressOf(state, true, now)),
    [1, 2, 3, 4].map(step => ({ step, of: 4 })),
  )
})

const told: readonly (readonly [claim: string, facts: Facts, asks: boolean, progress: object | undefined])[] =
  [
    ['no question is asked for', newcomer, false, { step: 1, of: 3 }],
    ['the second step must be set up', { ...newcomer, twoStepDueAt: now }, true, { step: 1, of: 5 }],
    [
      'the password is all there is',
      { ...done, passwordTemporary: true, termsVersion: undefined },
      false,
      undefined,
    ],
    ['nothing is open', done, true, undefined],
  ]
for (const [claim, facts, asks, progress] of told)
  test(`progress when ${claim}`, () => assert.deepEqual(progressOf(facts, asks, now), progress))
