import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { compileStyles } from '../../scripts/styles.ts'
import { assets, createAssets } from './assets.ts'

const served = (name: string, accept?: string) => {
  const response = assets.serve(assets.path(name), accept)
  assert.ok(response)
  return response
}
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

test('an address holds the hash of what is served', async () => {
  for (const name of ['lintel.css', 'lintel.js', 'favicon.svg', 'public-sans-regular.woff2']) {
    const bytes = await bytesOf(served(name))
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10)
    assert.ok(assets.path(name).includes(`.${hash}.`), name)
  }
})

test('two processes give the same addresses', () => {
  assert.equal(createAssets().path('lintel.js'), assets.path('lintel.js'))
})

test('each kind of file has its type and may be kept for ever', () => {
  const types = {
    'lintel.css': 'text/css; charset=utf-8',
    'lintel.js': 'text/javascript; charset=utf-8',
    'favicon.svg': 'image/svg+xml',
    'public-sans-semibold.woff2': 'font/woff2',
    'OFL.txt': 'text/plain; charset=utf-8',
  }
  for (const [name, type] of Object.entries(types)) {
    const { headers } = served(name)
    assert.equal(headers.get('content-type'), type)
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
  }
})

test('a browser gets the encoding that it takes', async () => {
  const plain = await bytesOf(served('lintel.css'))
  const cases = [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['', null],
    [undefined, null],
  ] as const
  for (const [accept, encoding] of cases) {
    const response = served('lintel.css', accept)
    assert.equal(response.headers.get('content-encoding'), encoding)
    assert.equal(response.headers.get('vary'), 'Accept-Encoding')
    const bytes = await bytesOf(response)
    assert.equal(response.headers.get('content-length'), String(bytes.length))
    const unpacked =
      encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes
    assert.deepEqual(unpacked, plain)
  }
})

test('a font is not compressed twice', () => {
  assert.equal(served('public-sans-regular.woff2', 'br').headers.get('content-encoding'), null)
})

test('no path but a listed one is answered', () => {
  const near = assets.path('lintel.css')
  for (const path of [
    '/assets/',
    '/assets/lintel.css',
    '/assets/../assets.ts',
    '/assets/..%2f..%2fpackage.json',
    near.toUpperCase(),
    `${near}/`,
    `${near}?x`,
    'constructor',
    '__proto__',
  ]) {
    assert.equal(assets.serve(path, 'br'), undefined, path)
  }
  fc.assert(fc.property(fc.string(), path => assets.serve(`/assets/${path}`, '') === undefined))
})

test('a name that does not exist is a bug and says so', () => {
  assert.throws(() => assets.path('absent.css'), /absent\.css/)
})

test('the style sheet asks for fonts by their hashed address', async () => {
  const css = (await bytesOf(served('lintel.css'))).toString()
  assert.ok(css.includes(assets.path('public-sans-regular.woff2')))
  assert.ok(css.includes(assets.path('public-sans-semibold.woff2')))
})

test('the committed style sheet is the one that its sources give', async () => {
  const committed = await readFile(new URL('./assets/lintel.css', import.meta.url), 'utf8')
  assert.ok(committed === (await compileStyles()), 'run npm run styles')
})

test('the first visit stays within its bytes', async () => {
  const size = async (name: string) => (await bytesOf(served(name, 'br'))).length
  const script = await size('lintel.js')
  assert.ok(script <= 5 * 1024)
  const fonts = (await size('public-sans-regular.woff2')) + (await size('public-sans-semibold.woff2'))
  assert.ok(fonts + script + (await size('lintel.css')) <= 50 * 1024)
})

test('the browser script has lost its types and comments', async () => {
  const script = (await bytesOf(served('lintel.js'))).toString()
  assert.doesNotMatch(script, /HTMLInputElement>|: string|^\s*\/\//m)
})
