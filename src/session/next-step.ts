/** The steps that can stand between a person and the inside, in the order of the guide. */
export type Step = 'verify' | 'settings' | 'terms' | 'password' | 'recovery' | 'two-step'

/** Stored facts of one sign-in; nothing here is remembered as a flag of progress. Times are milliseconds since 1970. */
export interface Facts {
  readonly hasSecondStep: boolean
  readonly codeProven: boolean
  /** How many organizations the person may sign in as, and whether one of them is chosen. */
  readonly organizations: number
  readonly organizationChosen: boolean
  readonly workgroups: number
  readonly workgroupChosen: boolean
  /** Version of the terms that holds now; undefined: none was published. */
  readonly termsVersion: string | undefined
  /** When the person accepted that version last. */
  readonly termsAcceptedAt: number | undefined
  /** An acceptance counts from then on; undefined: whenever it was. */
  readonly termsSince?: number | undefined
  /** Acceptance holds for this long; undefined: until the next version. */
  readonly termsLifetime: number | undefined
  readonly passwordTemporary: boolean
  /** Recovery information was asked for and neither set nor skipped. */
  readonly recoveryAsked: boolean
  /** From when the second step must be set up; undefined: it need not. */
  readonly twoStepDueAt: number | undefined
}

const unmet: Readonly<Record<Step, (facts: Facts, now: number) => boolean>> = {
  verify: facts => facts.hasSecondStep && !facts.codeProven,
  settings: facts =>
    (facts.organizations > 1 && !facts.organizationChosen) ||
    (facts.workgroups > 1 && !facts.workgroupChosen),
  terms: (facts, now) =>
    facts.termsVersion !== undefined &&
    (facts.termsAcceptedAt === undefined ||
      (facts.termsSince !== undefined && facts.termsAcceptedAt < facts.termsSince) ||
      (facts.termsLifetime !== undefined && facts.termsAcceptedAt + facts.termsLifetime <= now)),
  password: facts => facts.passwordTemporary,
  recovery: facts => facts.recoveryAsked,
  'two-step': (facts, now) => facts.twoStepDueAt !== undefined && facts.twoStepDueAt <= now,
}

/** The steps in their order. */
export const steps = Object.keys(unmet) as readonly Step[]

/** The first step that is not met; undefined: the way inside is free. Computed at every request. */
export const nextStep = (facts: Facts, now: number): Step | undefined =>
  steps.find(step => unmet[step](facts, now))

/** How far a first sign-in is: this step among all that it takes. */
export interface Progress {
  readonly step: number
  readonly of: number
}

/**
 * The steps of a first sign-in with the ones that are done, as far as the facts still tell: a password is always made, and
 * the recovery information is asked for unless the person chose not to.
 */
export function progressOf(facts: Facts, asksQuestion: boolean, now: number): Progress | undefined {
  const step = nextStep(facts, now)
  const takes: Readonly<Record<Step, boolean>> = {
    verify: facts.hasSecondStep,
    settings: facts.organizations > 1 || facts.workgroups > 1,
    terms: facts.termsVersion !== undefined,
    password: true,
    recovery: facts.recoveryAsked || (facts.passwordTemporary && asksQuestion),
    'two-step': unmet['two-step'](facts, now),
  }
  const list = steps.filter(name => takes[name])
  return step === undefined || list.length === 1
    ? undefined
    : { step: list.indexOf(step) + 1, of: list.length }
}

/** Where each step is done. */
export const stepAddress: Readonly<Record<Step, string>> = {
  verify: '/sign-in/verify',
  settings: '/settings/choose',
  terms: '/terms',
  password: '/password/new',
  recovery: '/recovery',
  'two-step': '/sign-in/two-step',
}
