import { holds, type Reach } from '../../administration/reach.ts'
import { fateOf, jwtLifetime, visitsWithFate } from '../../applications/left-open.ts'
import { type Application, isAllowed } from '../../applications/rules.ts'
import { listApplications } from '../../applications/store.ts'
import type { Role } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { workgroupsFor } from '../../workspace/rules.ts'
import { type Choices, readChoices } from '../../workspace/store.ts'

/** Whether somebody can open an application now, and what decides it. */
export type OpeningVerdict =
  | 'yes'
  | 'cannot-sign-in'
  | 'disabled'
  | 'no-match'
  | 'not-within-limit'
  | 'only-as'
  | 'second-step'

/** One application as the page of a person has it. Times are milliseconds since 1970. */
export interface Opening {
  readonly id: string
  readonly name: string
  readonly verdict: OpeningVerdict
  /** The people it is for, or what lets them open it. */
  readonly roles: readonly Role[]
  readonly places: readonly string[]
  readonly now: OpenNow
}

/** What somebody has open in an application, or had until a short while ago. */
export type OpenNow =
  | { readonly kind: 'open' | 'lasting'; readonly at: number }
  | { readonly kind: 'no' | 'unaware' }

/** What decides it about a person: where they can work, as this agent may know it. */
export interface Opener {
  readonly role: Role
  readonly choices: Choices
  readonly hasSecondStep: boolean
  readonly canSignIn: boolean
}

/** In how many of the ways in which somebody can work an application lets them in. Pure. */
function fitOf(
  { allowed }: Pick<Application, 'allowed'>,
  { role, choices }: Opener,
): 'all' | 'some' | 'none' {
  const organizations = choices.organizations.length === 0 ? [undefined] : choices.organizations
  const answers = organizations.flatMap(organization => {
    const fitting = workgroupsFor(choices, organization?.id ?? null)
    const workgroups = fitting.length === 0 ? [undefined] : fitting
    return workgroups.map(workgroup =>
      isAllowed(allowed, {
        role,
        organization: organization?.id,
        workgroup: workgroup?.id,
        hasSecondStep: false,
      }),
    )
  })
  if (answers.every(Boolean)) return 'all'
  return answers.some(Boolean) ? 'some' : 'none'
}

/** The first thing that keeps somebody from an application. Pure. */
export function verdictOnOpening(
  application: Pick<Application, 'allowed' | 'disabledAt' | 'needsSecondStep'>,
  opener: Opener,
  reach: Reach,
): OpeningVerdict {
  if (application.disabledAt !== null) return 'disabled'
  if (!opener.canSignIn) return 'cannot-sign-in'
  const fit = fitOf(application, opener)
  if (fit === 'none')
    return application.allowed.organizations.every(id => holds(reach, id)) ? 'no-match' : 'not-within-limit'
  if (application.needsSecondStep && !opener.hasSecondStep) return 'second-step'
  return fit === 'some' ? 'only-as' : 'yes'
}

type Names = ReadonlyMap<string, string>

/** What the reader of the page is told beside the verdict. An agent with a limit learns of no organization outside it. */
function detailsOf(
  { allowed }: Application,
  verdict: OpeningVerdict,
  { choices }: Opener,
  names: Names,
): Pick<Opening, 'roles' | 'places'> {
  const ids = [...allowed.workgroups, ...allowed.organizations]
  const own = [...choices.workgroups, ...choices.organizations].map(({ id }) => id)
  const shown = verdict === 'only-as' ? ids.filter(id => own.includes(id)) : ids
  const isTold = verdict === 'only-as' || verdict === 'no-match' || verdict === 'not-within-limit'
  return {
    roles: isTold && verdict !== 'only-as' ? allowed.roles : [],
    places: isTold ? shown.flatMap(id => names.get(id) ?? []) : [],
  }
}

/** Every application by name, as it stands with one person. */
export async function readOpenings(
  store: Store,
  person: { readonly id: string; readonly role: Role; readonly secondStepSince: number | null },
  canSignIn: boolean,
  reach: Reach,
  now: number,
): Promise<readonly Opening[]> {
  const applications = await listApplications(store)
  if (applications.length === 0) return []
  const all = await readChoices(store, person.id)
  const opener: Opener = {
    role: person.role,
    choices: { ...all, organizations: all.organizations.filter(({ id }) => holds(reach, id)) },
    hasSecondStep: person.secondStepSince !== null,
    canSignIn,
  }
  const names = await readNames(store, reach)
  const open = await readOpen(store, person.id, now)
  return applications.map(application => {
    const verdict = verdictOnOpening(application, opener, reach)
    const isSeen = reach === undefined || fitOf(application, opener) !== 'none'
    return {
      id: application.id,
      name: application.name,
      verdict,
      ...detailsOf(application, verdict, opener, names),
      now: (isSeen ? open.get(application.id) : undefined) ?? { kind: 'no' },
    }
  })
}

async function readNames({ read }: Store, reach: Reach): Promise<Names> {
  const workgroups = await read.selectFrom('workgroup').select(['id', 'name']).execute()
  const organizations = await read
    .selectFrom('organization')
    .select(['id', 'name'])
    .$if(reach !== undefined, query => query.where('id', 'in', reach ?? []))
    .execute()
  return new Map([...workgroups, ...organizations].map(({ id, name }) => [id, name] as const))
}

/** Milliseconds for which the page says that an application may not know of an end yet. */
const unawareFor = 3_600_000

/** What somebody has open, or had until a short while ago, by application. */
async function readOpen(store: Store, accountId: string, now: number): Promise<ReadonlyMap<string, OpenNow>> {
  const rows = await visitsWithFate(store)
    .select(['application_visit.application_id', 'began_at'])
    .where('application_visit.account_id', '=', accountId)
    .where(eb => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', now - unawareFor)]))
    .orderBy('began_at')
    .execute()
  const found = new Map<string, OpenNow>()
  for (const { application_id: id, began_at, ended_at, ...row } of rows) {
    if (found.get(id)?.kind === 'open') continue
    if (ended_at === null) found.set(id, { kind: 'open', at: began_at })
    else found.set(id, openAfter(fateOf(row), ended_at, now))
  }
  return found
}

/** What is left of a visit that ended. Pure. */
function openAfter(fate: ReturnType<typeof fateOf>, endedAt: number, now: number): OpenNow {
  if (fate === 'unaware') return { kind: 'unaware' }
  const until = endedAt + jwtLifetime
  return fate === 'lasting' && now < until ? { kind: 'lasting', at: until } : { kind: 'no' }
}
