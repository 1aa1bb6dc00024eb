import { type AccountState, barOf } from '../../account/rules.ts'
import type {
  AccessThen,
  Baseline,
  DetailsChanged,
  FlagsThen,
  MembershipChange,
  MembershipThen,
  NamesThen,
  PermissionsChanged,
  PlaceChanged,
  PlaceThen,
  StandingChanged,
} from '../../audit/evidence.ts'
import type { AccessRecord, Ending, Given, GrantFlags, GrantKind, NamedGrant, Why } from './grants.ts'

interface Place {
  readonly id: string
  name: string
  retired: boolean
  /** When it was brought back, and by whom. */
  back: Given | undefined
}

/**
 * What somebody has, kept as small as it goes: of a large log hundreds of thousands are alive at once, so that those of one
 * record share when and by whom, and equal ids and flags are one.
 */
interface Held {
  readonly kind: GrantKind
  readonly id: string
  readonly flags: GrantFlags | undefined
  readonly given: Given
}

interface Person {
  readonly id: string
  username: string
  firstName: string
  lastName: string
  standing: AccountState
  /** The agent who planned the leaving date. */
  leavingBy: string
  /** The moment up to which `open` includes what time alone has changed. */
  settledUntil: number
  /** Undefined: the account cannot be used. */
  open: Given | undefined
  grants: Held[]
}

/** A locked password is no bar here. */
const unbarred: AccountState = {
  deactivatedAt: null,
  suspendedUntil: null,
  leavingAt: null,
  dormantSince: null,
  passwordBlockedAt: null,
  trainingLapsed: false,
}

const allFlags = ([0, 1] as const).flatMap(signIn => ([0, 1] as const).map(edit => ({ signIn, edit })))
const flagsOf = ({ signIn, edit }: FlagsThen) => allFlags[2 * signIn + edit]

const unrecorded: Given = { since: null, by: null }

/**
 * Reads from records, oldest first, who had access. An account ends access while it is deactivated, closed on its date,
 * suspended, inactive or its training has expired. Locked down it does not: the password is shut, not what the person
 * was given, and any new password opens it. `window`: the moments (milliseconds since 1970) from and before which
 * endings are kept.
 */
export function createAccessFold(window?: { readonly from: number; readonly before: number }) {
  const people = new Map<string, Person>()
  const places = new Map<string, Place>()
  const endings: Ending[] = []
  let recordedFrom: number | undefined

  const nameOf = ({ kind, id }: Held): string =>
    kind === 'account' ? '' : kind === 'role' ? id : (places.get(id)?.name ?? '')

  const named = (person: Person, held: Held, { since, by } = held.given): NamedGrant => ({
    accountId: person.id,
    username: person.username,
    firstName: person.firstName,
    lastName: person.lastName,
    kind: held.kind,
    id: held.id,
    name: nameOf(held),
    flags: held.flags,
    since,
    by,
  })

  function end(ending: Ending): void {
    if (window !== undefined && ending.endedAt >= window.from && ending.endedAt < window.before)
      endings.push(ending)
  }

  const accountOf = (given: Given): Held => ({ kind: 'account', id: '', flags: undefined, given })

  function settleAt(person: Person, at: number, by: string): void {
    const bar = barOf(person.standing, at)
    if (bar === undefined) person.open ??= { since: at, by }
    else if (person.open !== undefined) {
      end({ ...named(person, accountOf(person.open)), endedAt: at, endedBy: by, why: bar as Why })
      person.open = undefined
    }
  }

  /** What comes true by itself until a moment: a suspension ends, somebody leaves. */
  function passTime(person: Person, until: number): void {
    const { suspendedUntil, leavingAt } = person.standing
    if (suspendedUntil === null && leavingAt === null) return
    for (const at of [suspendedUntil, leavingAt].toSorted((a, b) => (a ?? 0) - (b ?? 0)))
      if (at !== null && at > person.settledUntil && at <= until)
        settleAt(person, at, at === leavingAt ? person.leavingBy : 'system')
    person.settledUntil = until
  }

  function namePlaces(...list: readonly PlaceThen[]): void {
    for (const { id, name } of list) {
      const known = places.get(id)
      if (known === undefined) places.set(id, { id, name, retired: false, back: undefined })
      else known.name = name
    }
  }

  const isOf = (kind: GrantKind, id?: string) => (held: Held) =>
    held.kind === kind && (id === undefined || held.id === id)

  function give(
    person: Person,
    kind: 'organization' | 'workgroup' | 'limited-to' | 'contact',
    id: string,
    given: Given,
    flags?: GrantFlags,
  ): void {
    person.grants.push({ kind, id: places.get(id)?.id ?? id, flags, given })
  }

  const giveRole = (person: Person, role: string, given: Given): void =>
    void person.grants.push({ kind: 'role', id: role, flags: undefined, given })

  function take(person: Person, held: Held, record: AccessRecord): void {
    person.grants = person.grants.filter(other => other !== held)
    if (person.open !== undefined && held.kind !== 'limited-to' && places.get(held.id)?.retired !== true)
      end({ ...named(person, held), endedAt: record.at, endedBy: record.actor, why: 'taken' })
  }

  function giveOrganization(person: Person, id: string, flags: FlagsThen, given: Given): void {
    if (flags.active === 1) give(person, 'organization', id, given, flagsOf(flags))
  }

  function limit(person: Person, list: readonly PlaceThen[] | undefined, given: Given): void {
    if (person.grants.some(isOf('limited-to')))
      person.grants = person.grants.filter(held => held.kind !== 'limited-to')
    namePlaces(...(list ?? []))
    for (const { id } of list ?? []) give(person, 'limited-to', id, given)
  }

  /** Who stays the contact of an organization has been it since they were made it. */
  function appoint(person: Person, list: readonly PlaceThen[], record: AccessRecord): void {
    namePlaces(...list)
    const isKept = (id: string) => list.some(place => place.id === id)
    for (const had of person.grants.filter(isOf('contact')))
      if (!isKept(had.id)) dismiss(person, had, belongs(person, had.id), record)
    for (const { id } of list)
      if (!person.grants.some(isOf('contact', id)))
        give(person, 'contact', id, { since: record.at, by: record.actor })
  }

  const belongs = (person: Person, id: string): boolean => person.grants.some(isOf('organization', id))

  /** A contact without the membership ended with that. */
  function dismiss(person: Person, had: Held, isIn: boolean, record: AccessRecord): void {
    if (isIn) take(person, had, record)
    else person.grants = person.grants.filter(other => other !== had)
  }

  /** Nobody is the contact of an organization that they do not belong to; who is let back in is it again. */
  function followMembership(
    person: Person,
    { id, after }: MembershipChange,
    wasIn: boolean,
    record: AccessRecord,
  ): void {
    const had = person.grants.find(isOf('contact', id))
    const isIn = belongs(person, id)
    if (had === undefined || (after !== null && wasIn === isIn)) return
    dismiss(person, had, wasIn, record)
    if (after !== null) give(person, 'contact', id, isIn ? { since: record.at, by: record.actor } : had.given)
  }

  function begin(
    id: string,
    facts: NamesThen & AccessThen,
    standing: AccountState,
    given: Given,
    at: number,
  ): void {
    const { username, firstName, lastName } = facts
    const open = barOf(standing, at) === undefined ? given : undefined
    const person: Person = {
      ...{ id, username, firstName, lastName, standing, leavingBy: '', settledUntil: at, open, grants: [] },
    }
    giveRole(person, facts.role, given)
    namePlaces(...facts.organizations, ...facts.workgroups)
    for (const membership of facts.organizations as readonly MembershipThen[])
      giveOrganization(person, membership.id, membership, given)
    for (const { id: place } of facts.workgroups) give(person, 'workgroup', place, given)
    limit(person, facts.limit, given)
    people.set(id, person)
  }

  function baseline(facts: Baseline, { at, subject }: AccessRecord): void {
    if (facts.of === 'everything') recordedFrom ??= at
    else if (facts.of === 'account') {
      const { deactivatedAt, suspendedUntil, leavingAt, dormantSince, trainingLapsed } = facts
      const standing = { ...unbarred, deactivatedAt, suspendedUntil, leavingAt, dormantSince, trainingLapsed }
      begin(subject ?? '', facts, standing, unrecorded, at)
    } else {
      namePlaces({ id: subject ?? '', name: facts.name })
      const place = places.get(subject ?? '')
      if (place !== undefined) place.retired = facts.retiredAt !== null
    }
  }

  function permissions(person: Person, facts: PermissionsChanged, record: AccessRecord): void {
    const given = { since: record.at, by: record.actor }
    if (facts.change === 'contact') {
      appoint(person, facts.after, record)
      return
    }
    if (facts.change === 'role') {
      for (const role of person.grants.filter(isOf('role'))) take(person, role, record)
      giveRole(person, facts.after, given)
    }
    if (facts.change !== 'access') {
      limit(person, facts.limit, given)
      return
    }
    namePlaces(...facts.organizations, ...facts.workgroups)
    for (const change of facts.organizations) {
      const wasIn = belongs(person, change.id)
      for (const had of person.grants.filter(isOf('organization', change.id))) take(person, had, record)
      if (change.after !== null) giveOrganization(person, change.id, change.after, given)
      followMembership(person, change, wasIn, record)
    }
    for (const { id, after } of facts.workgroups) {
      for (const had of person.grants.filter(isOf('workgroup', id))) take(person, had, record)
      if (after) give(person, 'workgroup', id, given)
    }
  }

  function updated(
    person: Person,
    facts: StandingChanged | DetailsChanged,
    { at, actor }: AccessRecord,
  ): void {
    const { standing } = person
    if (facts.change === 'details') {
      person.firstName = facts.firstName?.after ?? person.firstName
      person.lastName = facts.lastName?.after ?? person.lastName
    } else if (facts.change === 'reactivated')
      person.standing = { ...unbarred, trainingLapsed: standing.trainingLapsed }
    else if (facts.change === 'suspended') person.standing = { ...standing, suspendedUntil: facts.until }
    else if (facts.change === 'suspension-ended') person.standing = { ...standing, suspendedUntil: null }
    else if (facts.change === 'leaving') {
      person.standing = { ...standing, leavingAt: facts.after }
      person.leavingBy = actor
    } else if (facts.change === 'dormant') person.standing = { ...standing, dormantSince: at }
    else if (facts.change === 'training')
      person.standing = { ...standing, trainingLapsed: facts.after === 'lapsed' }
  }

  function placeChanged(facts: PlaceChanged, { at, actor, subject }: AccessRecord): void {
    const id = subject ?? ''
    if ((facts.what !== 'organization' && facts.what !== 'workgroup') || id === '') return
    namePlaces({ id, name: facts.name })
    const place = places.get(id)
    if (place === undefined || !('change' in facts)) return
    if (facts.change === 'brought-back')
      Object.assign(place, { retired: false, back: { since: at, by: actor } })
    if (facts.change !== 'retired') return
    place.retired = true
    const nobody = { accountId: '', username: '', firstName: '', lastName: '' }
    end({
      ...nobody,
      ...unrecorded,
      ...{ kind: facts.what, id, name: facts.name, flags: undefined },
      ...{ endedAt: at, endedBy: actor, why: 'retired' },
    })
  }

  function personChanged(facts: unknown, record: AccessRecord): void {
    const { at, event, actor, subject } = record
    const person = people.get(subject ?? '')
    if (person === undefined) return
    passTime(person, at)
    if (event === 'privilege_permissions_changed') permissions(person, facts as PermissionsChanged, record)
    else if (event === 'user_archived') person.standing = { ...person.standing, deactivatedAt: at }
    else updated(person, facts as StandingChanged, record)
    settleAt(person, at, actor)
  }

  return {
    /** Takes the next record. */
    take(record: AccessRecord): void {
      const facts: unknown = JSON.parse(record.args)
      const { at, actor: by, subject } = record
      if (record.event === 'access_baseline') baseline(facts as Baseline, record)
      else if (record.event === 'user_created')
        begin(subject ?? '', facts as NamesThen & AccessThen, unbarred, { since: at, by }, at)
      else if (record.event.startsWith('sensitive')) placeChanged(facts as PlaceChanged, record)
      else personChanged(facts, record)
    },
    /** Lets time pass until this moment, at the end: somebody may have left by a plan. */
    finish(at: number): void {
      for (const person of people.values()) passTime(person, at)
    },
    /** From when on it is known; undefined: never. */
    recordedFrom: () => recordedFrom,
    /** Everything that was held when the last record was taken, person by person. */
    *held(): Generator<NamedGrant> {
      for (const person of people.values()) {
        if (person.open === undefined) continue
        yield named(person, accountOf(person.open))
        for (const held of person.grants) {
          const place = places.get(held.id)
          if (place?.retired === true && held.kind !== 'limited-to') continue
          if (held.kind === 'contact' && !belongs(person, held.id)) continue
          const isBackSince = (place?.back?.since ?? 0) > (held.given.since ?? 0)
          yield named(person, held, isBackSince ? place?.back : held.given)
        }
      }
    },
    endings: (): readonly Ending[] => endings.toSorted((a, b) => a.endedAt - b.endedAt),
    /** The username of an actor, when it is an account that the log knows. */
    usernameOf: (actor: string): string | undefined => people.get(actor)?.username,
  }
}

export type AccessFold = ReturnType<typeof createAccessFold>
