import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../test/support/browser/browser.ts'
import { png } from '../test/support/browser/picture.ts'
import { makeSmall } from './small-png.ts'

test('a picture with few colours is smaller and the same at every point, as a browser reads both', async t => {
  const { page } = await openBrowser(t, { width: 400, height: 300 })
  await page.setContent('<h1 style="color:#0f4c5c">A door</h1><hr style="border:9px solid #e9a23b">')
  const large = await page.screenshot()
  const small = makeSmall(large, 256)
  assert.ok(small.length < large.length)
  const sources = [large, small].map(file => `data:image/png;base64,${file.toString('base64')}`)
  const [first, second] = await page.evaluate(
    addresses =>
      Promise.all(
        addresses.map(async address => {
          const picture = Object.assign(new Image(), { src: address })
          await picture.decode()
          const canvas = document.createElement('canvas')
          const pen = canvas.getContext('2d')
          Object.assign(canvas, { width: picture.width, height: picture.height })
          pen?.drawImage(picture, 0, 0)
          return [...(pen?.getImageData(0, 0, picture.width, picture.height).data ?? [])].join()
        }),
      ),
    sources,
  )
  assert.ok(first !== undefined && first.length > 400 * 300 * 4)
  assert.equal(second, first)
})

test('what is no picture of a page is refused', () => {
  assert.throws(() => makeSmall(png(4, 4)), /no picture of a page/)
})
