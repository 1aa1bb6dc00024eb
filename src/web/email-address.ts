/** RFC 5321 4.5.3.1. */
const longest = 254
const longestName = 64
const longestLabel = 63
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Cf}]/u
const notInName = /[\s<>()[\]\\,;:"@]/
const notInLabel = /[^\p{L}\p{M}\p{N}-]/u

/** Why mail to an address arrives nowhere; `domain`: nothing but this network may know the name after the @. */
export type AddressTrouble = 'unseen' | 'dots' | 'domain' | 'shape'

/** Problems with one email address, without blanks around it (RFC 5321 4.1.2); undefined: mail can go there. */
export function addressTrouble(address: string): AddressTrouble | undefined {
  if (unseen.test(address)) return 'unseen'
  const [name = '', domain = '', ...more] = address.split('@')
  if (more.length > 0 || name === '' || domain === '' || address.length > longest) return 'shape'
  const labels = domain.split('.')
  if ([...name.split('.'), ...labels].includes('')) return 'dots'
  const isName = !notInName.test(name) && Buffer.byteLength(name) <= longestName
  const isDomain = labels.every(isLabel)
  if (!isName || !isDomain) return 'shape'
  return labels.length === 1 && domain !== 'localhost' ? 'domain' : undefined
}

const isLabel = (label: string): boolean =>
  !notInLabel.test(label) && label.length <= longestLabel && !label.startsWith('-') && !label.endsWith('-')

/** Tells whether mail can go there: one address and nothing that could begin a second one or another header (CWE-93). */
export const isSendable = (address: string): boolean =>
  [undefined, 'domain'].includes(addressTrouble(address))

export interface Sender {
  readonly name: string
  readonly address: string
}

/** Reads `Name <address>` or the address alone; a comma in the name begins no second sender. */
export function readSender(text: string): Sender | undefined {
  const whole = text.trim()
  const at = whole.endsWith('>') ? whole.indexOf('<') : -1
  const address = (at < 0 ? whole : whole.slice(at + 1, -1)).trim()
  const name = at < 0 ? '' : unquoted(whole.slice(0, at).trim())
  return isSendable(address) && !unseen.test(whole) ? { name, address } : undefined
}

const unquoted = (name: string): string =>
  name.length > 1 && name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1) : name
