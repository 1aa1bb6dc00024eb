/** Where credentials are used. */
export interface Site {
  readonly origin: string
  readonly rpId: string
}

/**
 * What passkeys of a site are bound to: its exact host, so that no sibling may ask for them. Undefined where the address is
 * an IP address: browsers keep no passkeys for one.
 */
export function siteOf(origin: string): Site | undefined {
  const { hostname } = new URL(origin)
  return /^\[|^[\d.]+$/.test(hostname) ? undefined : { origin, rpId: hostname }
}
