/** Makes the fonts of the pages: Public Sans from the design system, cut down to the letters of Latin languages. */
import { readFile, writeFile } from 'node:fs/promises'
import subsetFont from 'subset-font'

const source = new URL('../node_modules/@uswds/uswds/dist/fonts/public-sans/', import.meta.url)
const target = new URL('../src/web/assets/', import.meta.url)

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join('')

/** Latin-1 and Latin Extended-A: English, Spanish, Hmong, Somali, and the names of most of Europe. */
const letters = `${range(0x20, 0x7e)}${range(0xa0, 0x17f)}–—‘’“”•…‹›€™−←→✓`

const weights = { 'public-sans-regular': 'PublicSans-Regular', 'public-sans-semibold': 'PublicSans-SemiBold' }

for (const [name, original] of Object.entries(weights)) {
  const font = await subsetFont(await readFile(new URL(`${original}.ttf`, source)), letters, {
    targetFormat: 'woff2',
    keepFeatures: ['kern', 'tnum', 'mark', 'ccmp'],
    noLayoutClosure: true,
    noHinting: true,
  })
  await writeFile(new URL(`${name}.woff2`, target), font)
  process.stdout.write(`${name}.woff2: ${font.length} bytes\n`)
}
