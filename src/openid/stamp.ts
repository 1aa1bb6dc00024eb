import { hashToken } from '../store/ids.ts'
import type { Keyring } from '../store/keyring.ts'

/** Name of the parameter that an authorization request carries from when it was first refused until it is met. */
const stampName = 'lintel_asked'

/** Milliseconds for which a request may wait for the person. */
const stampLifetime = 30 * 60_000

/** Name of the parameter that says that the person has chosen where to work for this request. */
const chosenName = 'lintel_chosen'

/** Milliseconds in which the browser goes on with it. */
const chosenLifetime = 60_000

/** A request without its stamps: what they are bound to. */
export function withoutStamp(query: string): string {
  const parameters = new URLSearchParams(query)
  parameters.delete(stampName)
  parameters.delete(chosenName)
  return parameters.toString()
}

const textOf = (at: string, query: string) => `openid asked ${at} ${hashToken(withoutStamp(query))}`

/** The request with the moment from which a proof meets it; a stamp that it has already stays. */
export function stamped(keyring: Keyring, query: string, now: number): string {
  if (askedAt(keyring, query, now) !== undefined) return query
  const parameters = new URLSearchParams(withoutStamp(query))
  const at = String(now)
  parameters.set(stampName, `${at}.${keyring.sign('cookie', textOf(at, query))}`)
  return parameters.toString()
}

/** When this request was first asked, in milliseconds since 1970; undefined: it has no stamp of ours that is still good. */
export function askedAt(keyring: Keyring, query: string, now: number): number | undefined {
  const given = new URLSearchParams(query).get(stampName) ?? ''
  const [at = '', signature = ''] = given.split('.', 2)
  if (!/^\d{13}$/.test(at) || !keyring.verify('cookie', textOf(at, query), signature)) return undefined
  return Number(at) <= now && now < Number(at) + stampLifetime ? Number(at) : undefined
}

const chosenText = (at: string, sessionId: string, query: string) =>
  `openid place chosen ${at} ${sessionId} ${hashToken(withoutStamp(query))}`

/** The request, marked as one for which this session has chosen where to work. */
export function withPlaceChosen(keyring: Keyring, query: string, sessionId: string, now: number): string {
  const parameters = new URLSearchParams(query)
  const at = String(now)
  parameters.set(chosenName, `${at}.${keyring.sign('cookie', chosenText(at, sessionId, query))}`)
  return parameters.toString()
}

/** Whether this session has just chosen where to work for this request. */
export function isPlaceChosen(keyring: Keyring, query: string, sessionId: string, now: number): boolean {
  const given = new URLSearchParams(query).get(chosenName) ?? ''
  const [at = '', signature = ''] = given.split('.', 2)
  if (!/^\d{13}$/.test(at) || !keyring.verify('cookie', chosenText(at, sessionId, query), signature))
    return false
  return Number(at) <= now && now < Number(at) + chosenLifetime
}
