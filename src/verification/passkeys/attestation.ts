/** The only names that an attestation object has, as CBOR text. */
const names = new Map(
  ['fmt', 'attStmt', 'authData'].map(name => [
    Buffer.concat([Buffer.from([0x60 + name.length]), Buffer.from(name)]).toString('latin1'),
    name,
  ]),
)
const mapOfThree = 0xa3
const none = Buffer.from('\x64none', 'latin1')
const emptyMap = Buffer.from([0xa0])

/** Length of the head of a byte string at a place, and of its content. Undefined: it is none, or a longer one than ours. */
function byteString(bytes: Buffer, at: number): readonly [head: number, length: number] | undefined {
  const first = bytes[at] ?? 0
  if (first >= 0x40 && first < 0x58) return [1, first - 0x40]
  if (first === 0x58) return [2, bytes[at + 1] ?? 0]
  if (first === 0x59 && at + 2 < bytes.length) return [3, bytes.readUInt16BE(at + 1)]
  return undefined
}

/** Where the value of a name ends; undefined: it is not what format `none` holds there. */
function endOf(name: string, bytes: Buffer, at: number): number | undefined {
  const is = (value: Buffer) => bytes.subarray(at, at + value.length).equals(value)
  if (name === 'fmt') return is(none) ? at + none.length : undefined
  if (name === 'attStmt') return is(emptyMap) ? at + emptyMap.length : undefined
  const found = byteString(bytes, at)
  return found && at + found[0] + found[1]
}

/**
 * The authenticator data of an attestation object of format `none`: three entries in any order, each once, and nothing
 * else. Undefined: it is none. No certificate of any other format is ever looked at (W3C Web Authentication 3, 6.5.4, 8.7).
 */
export function authDataOf(object: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(object)
  if (bytes[0] !== mapOfThree) return undefined
  const seen = new Map<string, Buffer>()
  let at = 1
  while (at < bytes.length) {
    const length = (bytes[at] ?? 0) - 0x60 + 1
    const name = names.get(bytes.subarray(at, at + Math.max(0, length)).toString('latin1'))
    if (name === undefined || seen.has(name)) return undefined
    const from = at + length
    const end = endOf(name, bytes, from)
    if (end === undefined || end > bytes.length) return undefined
    seen.set(name, bytes.subarray(from + (byteString(bytes, from)?.[0] ?? 0), end))
    at = end
  }
  return seen.size === names.size ? seen.get('authData') : undefined
}
