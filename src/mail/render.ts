import { type Html, html } from '../web/html.ts'
import { tidyLine } from '../web/line.ts'

export interface Body {
  readonly text: string
  readonly html: string
}

/** One paragraph, one fact with its name, or one link with what it does. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'link'; readonly label: string; readonly href: string }

export const paragraph = (text: string): Block => ({ kind: 'text', text })
export const facts = (...list: readonly (readonly [name: string, value: string])[]): Block => ({
  kind: 'facts',
  facts: list,
})
export const link = (label: string, href: string): Block => ({ kind: 'link', label, href })

/** What a person typed stays on its line: no blank line or second greeting can be planted in a mail. */
export const oneLine = (text: string): string => tidyLine(text).slice(0, 200)

const textWidth = 72

const ink = '#1b2b34'
const door = '#0f4c5c'
const paper = '#fbf9f5'

/** A telephone number stands on one line. */
const inOnePiece = (text: string): string => text.replace(/(\(\d{3}\)) (?=\d)/g, '$1\u00a0')

/** Short lines need no encoding, so that a link in an outbox file can be read and copied as it stands. */
function wrap(text: string): string {
  const lines: string[] = []
  for (const word of inOnePiece(text).split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < textWidth)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n').replaceAll('\u00a0', ' ')
}

function textOf(block: Block): string {
  if (block.kind === 'text') return wrap(block.text)
  if (block.kind === 'link') return `${block.label}:\n${block.href}`
  return block.facts.map(([name, value]) => `${name}: ${value}`).join('\n')
}

function htmlOf(block: Block): Html {
  if (block.kind === 'text') return html`<p style="margin:0 0 16px">${inOnePiece(block.text)}</p>`
  if (block.kind === 'link')
    return html`<p style="margin:0 0 8px"><a href="${block.href}" style="display:inline-block;padding:12px 20px;border-radius:4px;background:${door};color:#ffffff;font-weight:600;text-decoration:none">${
      block.label
    }</a></p><p style="margin:0 0 16px;font-size:14px;word-break:break-all">${block.href}</p>`
  return html`<table role="presentation" style="border-collapse:collapse;margin:0 0 16px">${block.facts.map(
    ([name, value]) =>
      html`<tr><td style="padding:2px 16px 2px 0;vertical-align:top;font-weight:600">${name}</td><td style="padding:2px 0">${value}</td></tr>`,
  )}</table>`
}

/** The same words as plain text and as HTML that loads nothing from anywhere. */
export function render(
  given: {
    readonly language: string
    readonly subject: string
    readonly site: string
    readonly foot: string
  },
  blocks: readonly Block[],
): Body {
  const page = html`<!doctype html>
<html lang="${given.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${given.subject}</title></head>
<body style="margin:0;padding:24px;background:${paper};color:${ink};font:17px/1.5 'Public Sans',Helvetica,Arial,sans-serif">
<div style="max-width:560px;margin:0 auto;padding-top:16px;border-top:6px solid ${ink}"><p style="margin:0 0 24px;font-weight:600;color:${door}">${given.site}</p>
<h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">${given.subject}</h1>
${blocks.map(htmlOf)}
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #d5d0c6;font-size:14px">${inOnePiece(given.foot)}</p></div></body></html>
`
  const lines = [...blocks.map(textOf), `--\n${given.site}\n${wrap(given.foot)}`]
  return { text: `${lines.join('\n\n')}\n`, html: page.toString() }
}
