/** Markup that is safe to send: made only by `html` and `raw`. */
export class Html {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

/** What a template may hold; lists are joined, `false`, `null` and `undefined` vanish, text is escaped. */
export type Content = Html | string | number | false | null | undefined | readonly Content[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const special = /[&<>"']/
const everySpecial = /[&<>"']/g

/** Escapes for HTML text and for attributes in quotes. */
function escapeHtml(text: string): string {
  return special.test(text) ? text.replace(everySpecial, sign => entities[sign] ?? sign) : text
}

function render(content: Content): string {
  if (content instanceof Html) return content.toString()
  if (typeof content === 'string') return escapeHtml(content)
  if (typeof content === 'number') return String(content)
  if (Array.isArray(content)) return content.map(render).join('')
  return ''
}

/** Tagged template for pages: every value is escaped unless it is `Html` already (ASVS V1.2.1). */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  let text = strings[0] ?? ''
  for (let i = 0; i < values.length; i++) text += render(values[i]) + (strings[i + 1] ?? '')
  return new Html(text)
}

/** Markup from our own files (an icon, a QR code); never from anything a person typed. */
export function raw(markup: string): Html {
  return new Html(markup)
}
