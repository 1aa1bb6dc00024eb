import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { getCompileCacheDir, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib'

/** Files with a hash in their address, so that a browser may keep them for ever. */
interface Assets {
  /** Address of a file by its plain name (`lintel.css`); throws on a name that does not exist (a bug, not a request). */
  path(name: string): string
  /** The answer to a request under `/assets/`; `undefined` when there is no such file. */
  serve(requestPath: string, acceptEncoding: string | undefined): Response | undefined
}

type Encoding = 'br' | 'gzip' | 'identity'

interface File {
  readonly type: string
  readonly bytes: Buffer<ArrayBuffer>
  /** Compressed at the first request for each encoding, then kept. */
  readonly encoded: Map<Encoding, Buffer<ArrayBuffer>>
}

const folder = new URL('./assets/', import.meta.url)
const modules = new URL('./browser/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2',
}

/** Reads the files once; a request is looked up by its whole path in a map, so no path can lead elsewhere (ASVS V5.3.2). */
export function createAssets(): Assets {
  const paths = new Map<string, string>()
  const files = new Map<string, File>()
  const add = (name: string, bytes: Buffer<ArrayBuffer>) => {
    const [stem = name, extension = ''] = name.split(/\.(?=[^.]+$)/)
    const type = types[extension]
    if (!type) return
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10)
    const path = `/assets/${stem}.${hash}.${extension}`
    paths.set(name, path)
    files.set(path, { type, bytes, encoded: new Map() })
  }
  const names = readdirSync(folder)
  for (const name of names.filter(name => !name.endsWith('.css')))
    add(name, readFileSync(new URL(name, folder)))
  for (const name of names.filter(name => name.endsWith('.css'))) {
    add(name, Buffer.from(withHashedUrls(readFileSync(new URL(name, folder), 'utf8'), paths)))
  }
  add('lintel.js', Buffer.from(browserScript()))

  return {
    path(name) {
      const path = paths.get(name)
      if (!path) throw new Error(`No asset is called ${name}`)
      return path
    },
    serve(requestPath, acceptEncoding) {
      const file = files.get(requestPath)
      return file && answer(file, acceptEncoding)
    },
  }
}

/** The files of this process. */
export const assets = createAssets()

/** Style sheets name their fonts by plain name; browsers get the hashed address. */
function withHashedUrls(css: string, paths: ReadonlyMap<string, string>): string {
  return css.replace(/url\("?([\w.-]+)"?\)/g, (whole, name: string) => {
    const path = paths.get(name)
    return path ? `url(${path})` : whole
  })
}

/**
 * All browser modules as one: each in its own block, without types, comment lines and indentation. Kept beside Node's
 * compile cache where that is on, under a hash of the sources: taking types away needs 17 MiB that then stay in use.
 */
function browserScript(): string {
  const names = readdirSync(modules).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const sources = names.sort().map(name => readFileSync(new URL(name, modules), 'utf8'))
  const folder = getCompileCacheDir()
  if (folder === undefined) return withoutTypes(sources)
  const hash = createHash('sha256').update(JSON.stringify(sources)).digest('hex')
  const path = join(folder, `browser-${hash}.js`)
  if (existsSync(path)) return readFileSync(path, 'utf8')
  const script = withoutTypes(sources)
  tryToKeep(path, script)
  return script
}

function withoutTypes(sources: readonly string[]): string {
  const blocks = sources.map(source => {
    const lines = stripTypeScriptTypes(source)
      .split('\n')
      .map(line => line.trim())
    return `{\n${lines.filter(line => line && !line.startsWith('//')).join('\n')}\n}`
  })
  return `${blocks.join('\n')}\n`
}

/** A cache that cannot be written is no reason not to start. */
function tryToKeep(path: string, text: string): void {
  try {
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, text)
    renameSync(draft, path)
  } catch {
    return
  }
}

function answer(file: File, acceptEncoding: string | undefined): Response {
  const encoding = file.type === types['woff2'] ? 'identity' : bestEncoding(acceptEncoding)
  const body = encode(file, encoding)
  const headers: Record<string, string> = {
    'Content-Type': file.type,
    'Content-Length': String(body.length),
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  }
  if (encoding !== 'identity') headers['Content-Encoding'] = encoding
  return new Response(body, { headers })
}

/** The encodings that the browser takes, the smaller first; `q=0` means that it does not (RFC 9110, 12.5.3). */
function bestEncoding(accepted = ''): Encoding {
  const offers = accepted.split(',').map(offer => offer.trim().toLowerCase())
  const takes = (name: string) =>
    offers.some(offer => offer.split(';', 1)[0]?.trim() === name && !/;\s*q=0(\.0*)?$/.test(offer))
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : 'identity'
}

function encode(file: File, encoding: Encoding): Buffer<ArrayBuffer> {
  if (encoding === 'identity') return file.bytes
  const known = file.encoded.get(encoding)
  if (known) return known
  const made =
    encoding === 'br'
      ? brotliCompressSync(file.bytes, { params: { [zlib.BROTLI_PARAM_SIZE_HINT]: file.bytes.length } })
      : gzipSync(file.bytes, { level: 9 })
  file.encoded.set(encoding, made)
  return made
}
