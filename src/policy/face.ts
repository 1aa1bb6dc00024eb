import { createHash } from 'node:crypto'
import type { Store } from '../store/store.ts'
import { doorSheet } from '../web/door-color.ts'
import { tokens } from '../web/tokens.ts'
import { readLogo } from './logo.ts'

let lastColor = ''
let lastSheet = { path: '', css: '' }

/** The style sheet of a door color with its address; made once, as long as the color stays. */
function sheetOf(color: string): { readonly path: string; readonly css: string } {
  if (color !== lastColor) {
    const css = doorSheet(color)
    const hash = createHash('sha256').update(css).digest('base64url').slice(0, 10)
    lastSheet = { path: `/assets/agency-${color.slice(1)}.${hash}.css`, css }
    lastColor = color
  }
  return lastSheet
}

/** Address of the style sheet of a door color; undefined for the one that Lintel's own sheet has. */
export const stylesPath = (color: string): string | undefined =>
  color === tokens.light.door ? undefined : sheetOf(color).path

/** Address of a logo; undefined where there is none. */
export const logoPath = (sha256: string): string | undefined =>
  sha256 === '' ? undefined : `/assets/agency-${sha256}.png`

const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' } as const

/**
 * The answer to a request for an agency's style sheet or logo; undefined: it is no address of one. A style sheet follows
 * from the color in its address, a picture from its hash: neither ever changes.
 */
export async function serveFace(store: Store, path: string): Promise<Response | undefined> {
  const color = path.match(/^\/assets\/agency-([0-9a-f]{6})\.[\w-]{10}\.css$/)?.[1]
  if (color !== undefined) {
    const sheet = sheetOf(`#${color}`)
    if (sheet.path !== path) return undefined
    return new Response(sheet.css, { headers: { ...forEver, 'Content-Type': 'text/css; charset=utf-8' } })
  }
  const sha256 = path.match(/^\/assets\/agency-([0-9a-f]{64})\.png$/)?.[1]
  const picture = sha256 === undefined ? undefined : await readLogo(store, sha256)
  return (
    picture && new Response(new Uint8Array(picture), { headers: { ...forEver, 'Content-Type': 'image/png' } })
  )
}
