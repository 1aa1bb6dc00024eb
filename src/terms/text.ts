import { type Html, html } from '../web/html.ts'

/**
 * Terms are plain text: a line that begins with "# " is a heading, lines that begin with "- " are a list, a blank line
 * ends a paragraph. The hash is taken of exactly this text.
 */
export function termsToHtml(text: string): Html {
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map(block => block.trim())
    .filter(block => block !== '')
  return html`${blocks.map(block)}`
}

function block(text: string): Html {
  if (text.startsWith('# ')) return html`<h2>${text.slice(2)}</h2>`
  const lines = text.split('\n')
  if (lines.every(line => line.startsWith('- ')))
    return html`<ul class="usa-list">${lines.map(line => html`<li>${line.slice(2)}</li>`)}</ul>`
  return html`<p>${lines.join(' ')}</p>`
}
