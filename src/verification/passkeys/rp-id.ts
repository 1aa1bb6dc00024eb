/**
 * The name that passkeys of a site are bound to: its exact host, so that no sibling may ask for them. Undefined where the
 * address is an IP address: browsers keep no passkeys for one.
 */
export function rpIdOf(origin: string): string | undefined {
  const { hostname } = new URL(origin)
  return /^\[|^[\d.]+$/.test(hostname) ? undefined : hostname
}
