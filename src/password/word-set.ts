export type WordSet = {
  /** True for a word of the list in lower-case letters and digits, or such a word's letters alone. */
  readonly has: (word: string) => boolean
}

const quote = 0x22
const longestWord = 64
const shortestWord = 3

/**
 * Packs a JSON array of lower-case words into bytes and a hash table over them. A `Set` of the same words takes
 * ten times the memory and parsing them leaves as much garbage; so here no word ever becomes an object of its
 * own. Words with signs outside ASCII are left out.
 */
export function packWords(json: Buffer, atMost: number): WordSet {
  const table = createTable(Math.min(countWords(json), atMost), json.length)
  const code = new Uint8Array(longestWord)
  const letters = new Uint8Array(longestWord)
  let start = json.indexOf(quote) + 1
  for (let words = 0; start > 0 && words < atMost; words += 1) {
    const end = json.indexOf(quote, start)
    if (end - start <= longestWord && isAscii(json, start, end)) {
      table.add(code, copyWhere(isCode, json, start, end, code))
      table.add(letters, copyWhere(isLetter, json, start, end, letters))
    }
    start = json.indexOf(quote, end + 1) + 1
  }
  return {
    has: word => /^[a-z0-9]{3,64}$/.test(word) && table.has(Buffer.from(word, 'latin1')),
  }
}

/**
 * Open addressing over `slots`; each slot holds where in `text` a word begins, its length first; 0 is free.
 * Each word is added at most twice, so more than two slots for each always leave free ones.
 */
function createTable(words: number, listBytes: number) {
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * words + 1)))
  const text = new Uint8Array(2 * listBytes + 1)
  let used = 1

  function isAt(start: number, word: Uint8Array, length: number): boolean {
    if (text[start] !== length) return false
    for (let at = 0; at < length; at += 1) if (text[start + 1 + at] !== word[at]) return false
    return true
  }

  function slotOf(word: Uint8Array, length: number): number {
    let slot = hashOf(word, length) % slots.length
    for (let start = slots[slot]; start && !isAt(start, word, length); start = slots[slot]) {
      slot = (slot + 1) % slots.length
    }
    return slot
  }

  return {
    has: (word: Uint8Array) => slots[slotOf(word, word.length)] !== 0,
    add: (word: Uint8Array, length: number) => {
      const slot = slotOf(word, length)
      if (length < shortestWord || slots[slot] !== 0) return
      slots[slot] = used
      text[used] = length
      for (let at = 0; at < length; at += 1) text[used + 1 + at] = word[at] ?? 0
      used += length + 1
    },
  }
}

function countWords(json: Buffer): number {
  let quotes = 0
  for (let at = json.indexOf(quote); at !== -1; at = json.indexOf(quote, at + 1)) quotes += 1
  return quotes / 2
}

/** FNV-1a, 32 bits. */
function hashOf(word: Uint8Array, length: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < length; at += 1) hash = Math.imul(hash ^ (word[at] ?? 0), 0x01000193)
  return hash >>> 0
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) >= 0x80) return false
  return true
}

/** Copies the bytes that fit and gives their number. */
function copyWhere(
  fits: (byte: number) => boolean,
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
): number {
  let length = 0
  for (let at = start; at < end; at += 1) {
    const byte = from[at] ?? 0
    if (!fits(byte)) continue
    to[length] = byte
    length += 1
  }
  return length
}

const isLetter = (byte: number) => byte >= 0x61 && byte <= 0x7a
const isCode = (byte: number) => isLetter(byte) || (byte >= 0x30 && byte <= 0x39)
