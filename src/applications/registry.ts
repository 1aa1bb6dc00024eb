import { foldName } from '../account/names.ts'
import type { Actor, Audit, AuditEvent, PlainEvent } from '../audit/audit.ts'
import type { Facts } from '../audit/evidence.ts'
import { done, type Outcome, type Refusal, type RefusalOf, refuse } from '../refusals.ts'
import type { Tx } from '../store/store.ts'
import { isNotifiable, isRegistrable } from './addresses.ts'
import {
  addSecret,
  changeApplication,
  createApplication,
  lockedSecrets,
  mostSecrets,
  type NewApplication,
  removeSecret,
  setDisabled,
} from './store.ts'

export type RegistryCode = RefusalOf<'application'>

/** The administrator who registers or changes it, and why. */
export interface Registrar {
  readonly actor: Actor
  readonly address?: string
  readonly requestId?: string
  readonly reason: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Code points at most. */
const longestName = 80
const longestPurpose = 200
const mostAddresses = 20

/** Everything that is wrong with an application as typed, each with its field. Pure. */
export function checkApplication(given: NewApplication): readonly Refusal<RegistryCode>[] {
  const list: Refusal<RegistryCode>[] = []
  const name = given.name.trim()
  if (name === '' || [...name].length > longestName) list.push({ code: 'application.name', field: 'name' })
  if ([...given.purpose].length > longestPurpose) list.push({ code: 'application.purpose', field: 'purpose' })
  const { redirectUris, signOutUris, backchannelUri, launchUrl } = given
  if (redirectUris.length === 0 || redirectUris.length > mostAddresses)
    list.push({ code: 'application.no-address', field: 'redirectUris' })
  const wrong = (uris: readonly string[], field: string, isRight: (uri: string) => boolean) => {
    const first = uris.find(uri => !isRight(uri))
    if (first !== undefined) list.push({ code: 'application.address', field, detail: first })
  }
  wrong(redirectUris, 'redirectUris', isRegistrable)
  wrong(signOutUris, 'signOutUris', isRegistrable)
  wrong(backchannelUri === undefined ? [] : [backchannelUri], 'backchannelUri', isNotifiable)
  wrong(launchUrl === undefined ? [] : [launchUrl], 'launchUrl', isRegistrable)
  if (given.pkceException?.trim() === '') list.push({ code: 'application.no-reason', field: 'pkceException' })
  return list
}

/** What the log says of an application: everything but secrets. Its subject is the application, so that its history can be read. */
function recordOf(
  { actor, address, requestId, reason }: Registrar,
  event: PlainEvent,
  id: string,
  args: Facts,
): AuditEvent {
  return {
    event,
    actor,
    subject: id,
    ...(address !== undefined && { address }),
    ...(requestId !== undefined && { requestId }),
    args: { what: 'application', application: id, ...args, ...(reason !== '' && { reason }) },
  }
}

const factsOf = (given: NewApplication) => ({
  name: given.name,
  redirects: given.redirectUris.join(' '),
  backchannel: given.backchannelUri ?? '',
  token: given.tokenForm,
  pkce: given.pkceException === undefined ? 'required' : `not required: ${given.pkceException}`,
  allowed: JSON.stringify(given.allowed),
})

/** Registers an application with its first secret, which is shown this once. */
export async function registerApplication(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  given: NewApplication,
): Promise<Outcome<{ readonly id: string; readonly secret: string }, RegistryCode>> {
  const problems = checkApplication(given)
  if (problems.length > 0) return refuse(...problems)
  if (await isNameTaken(tx, given.name)) return refuse({ code: 'application.name-taken', field: 'name' })
  const id = await createApplication(tx, given, registrar.now)
  const secret = await addSecret(tx, id, registrar.now)
  await audit.record(tx, recordOf(registrar, 'sensitive_create', id, factsOf(given)))
  return done({ id, secret })
}

/** Changes what was shown at `version`. */
export async function editApplication(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  shown: { readonly id: string; readonly version: number },
  given: NewApplication,
): Promise<Outcome<undefined, RegistryCode>> {
  const problems = checkApplication(given)
  if (problems.length > 0) return refuse(...problems)
  if (await isNameTaken(tx, given.name, shown.id))
    return refuse({ code: 'application.name-taken', field: 'name' })
  if (!(await changeApplication(tx, shown.id, shown.version, given)))
    return refuse({ code: 'application.changed-meanwhile' })
  await audit.record(tx, recordOf(registrar, 'sensitive_update', shown.id, factsOf(given)))
  return done(undefined)
}

async function isNameTaken({ db }: Tx, name: string, but = ''): Promise<boolean> {
  const found = await db
    .selectFrom('application')
    .select('id')
    .where('name_key', '=', foldName(name))
    .where('id', '<>', but)
    .executeTakeFirst()
  return found !== undefined
}

/** Adds a second secret, so that the application can change over without a pause. @returns it, for this once. */
export async function issueSecret(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  id: string,
): Promise<Outcome<string, RegistryCode>> {
  if ((await lockedSecrets(tx, id)) >= mostSecrets) return refuse({ code: 'application.two-secrets' })
  const secret = await addSecret(tx, id, registrar.now)
  await audit.record(tx, recordOf(registrar, 'sensitive_update', id, { secret: 'added' }))
  return done(secret)
}

/** Takes a secret away; the last one stays. */
export async function withdrawSecret(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  id: string,
  secretId: string,
): Promise<Outcome<undefined, RegistryCode>> {
  if ((await lockedSecrets(tx, id)) < mostSecrets) return refuse({ code: 'application.last-secret' })
  if (!(await removeSecret(tx, id, secretId))) return refuse({ code: 'application.changed-meanwhile' })
  await audit.record(tx, recordOf(registrar, 'sensitive_update', id, { secret: 'removed' }))
  return done(undefined)
}

/** Shuts an application for everybody at once, or opens it again. */
export async function switchApplication(
  audit: Audit,
  tx: Tx,
  registrar: Registrar,
  id: string,
  enabled: boolean,
): Promise<Outcome<undefined, RegistryCode>> {
  if (!(await setDisabled(tx, id, enabled ? null : registrar.now)))
    return refuse({ code: 'application.already' })
  await audit.record(tx, recordOf(registrar, 'sensitive_update', id, { enabled }))
  return done(undefined)
}
