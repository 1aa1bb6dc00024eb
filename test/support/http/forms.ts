/** Reads the forms of a page as a browser would post them. For Lintel's own tidy markup, not for HTML in general. */

export interface Button {
  readonly words: string
  readonly name: string | undefined
  readonly value: string
}

export interface Form {
  readonly action: string
  readonly method: 'get' | 'post'
  /** Everything that would be sent when nothing is changed, in the order of the page. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Every control's name, also those that send nothing yet, such as an empty box. */
  readonly names: ReadonlySet<string>
  readonly buttons: readonly Button[]
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/** Text as a person reads it: character references resolved. */
export function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    return named[name] ?? whole
  })
}

const words = (markup: string) =>
  decode(markup.replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim()

function attributes(tag: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', quoted] of tag.matchAll(/\s([\w:-]+)(?:="([^"]*)")?/g)) {
    found.set(name.toLowerCase(), decode(quoted ?? ''))
  }
  return found
}

/** `[attributes, content]` of each element with one of these names, in the order of the page. */
function elements(
  markup: string,
  name: string,
): { kind: string; has: Map<string, string>; inside: string }[] {
  const pattern = new RegExp(`<(${name})\\b((?:"[^"]*"|[^">])*)>(?:((?:(?!<\\1\\b)[^])*?)</\\1>)?`, 'gi')
  return [...markup.matchAll(pattern)].map(([, kind = '', tag = '', inside = '']) => ({
    kind: kind.toLowerCase(),
    has: attributes(tag),
    inside,
  }))
}

function selected(markup: string): string {
  const options = elements(markup, 'option')
  const chosen = options.find(({ has }) => has.has('selected')) ?? options[0]
  return chosen?.has.get('value') ?? words(chosen?.inside ?? '')
}

function readForm(has: Map<string, string>, inside: string, page: string): Form {
  const fields: [string, string][] = []
  const names = new Set<string>()
  const buttons: Button[] = []
  for (const control of elements(inside, 'input|textarea|select|button')) {
    const name = control.has.get('name')
    const type = control.has.get('type') ?? (control.kind === 'button' ? 'submit' : 'text')
    const value = control.has.get('value')
    if (control.has.has('disabled') || type === 'button' || type === 'reset') continue
    if (type === 'submit') {
      buttons.push({ words: words(control.inside) || (value ?? ''), name, value: value ?? '' })
    } else if (name !== undefined) {
      names.add(name)
      if (control.kind === 'textarea') fields.push([name, decode(control.inside.replace(/^\n/, ''))])
      else if (control.kind === 'select') fields.push([name, selected(control.inside)])
      else if (type !== 'checkbox' && type !== 'radio') fields.push([name, value ?? ''])
      else if (control.has.has('checked')) fields.push([name, value ?? 'on'])
    }
  }
  const method = has.get('method')?.toLowerCase() === 'post' ? 'post' : 'get'
  return { action: has.get('action') || page, method, fields, names, buttons }
}

/** The forms of a page; an absent `action` is the page's own path. */
export function readForms(html: string, page: string): Form[] {
  return elements(html, 'form').map(({ has, inside }) => readForm(has, inside, page))
}
