/** The text of a list in whatever encoding a program saved it; undefined: it is no text. */
export function listText(bytes: Uint8Array): string | undefined {
  const text = decode(bytes)
  return text === undefined || /[\0\uFFFD]/.test(text) ? undefined : text
}

/** By its mark; without one UTF-8, and what cannot be that is what Windows writes in the west. */
function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return tryAs('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return tryAs('utf-16be', bytes)
  return tryAs('utf-8', bytes) ?? tryAs('windows-1252', bytes)
}

function tryAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
