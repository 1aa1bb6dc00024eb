import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseUpload } from './request.ts'

const type = 'multipart/form-data; boundary=line'
const part = (disposition: string, body: string) =>
  `--line\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${body}\r\n`
const read = (...parts: readonly string[]) =>
  parseUpload(new TextEncoder().encode(`${parts.join('')}--line--\r\n`), type)

test('fields and files of a form are told apart, and bytes come as they were', async () => {
  const form = await read(
    part('name="csrf"', 'abc'),
    part('name="file"; filename="people.csv"', 'å,\0\uFEFF'),
  )
  assert.deepEqual([form?.get('csrf'), form?.has('file'), form?.names()], ['abc', false, ['csrf']])
  assert.equal(form?.file('file')?.name, 'people.csv')
  assert.deepEqual(Buffer.from(form?.file('file')?.bytes ?? []).toString(), 'å,\0\uFEFF')
  assert.equal(form?.file('csrf'), undefined)
})

test('what no page of ours sends is no form: odd names, NUL in a field, a file twice, too many parts', async () => {
  for (const parts of [
    [part('name="file[]"; filename="a"', '')],
    [part('name="a[]"', '')],
    [part('name="constructor"', '')],
    [part('name="a"', 'x\0')],
    [part('name="file"; filename="a"', ''), part('name="file"; filename="b"', '')],
    Array.from({ length: 52 }, (_, n) => part(`name="a${n}"`, '')),
  ])
    assert.equal(await read(...parts), undefined)
})

test('a part with more above its content than a browser writes there is no form', async () => {
  const headed = (lines: string) => `--line\r\nContent-Disposition: form-data; name="a"\r\n${lines}\r\nx\r\n`
  assert.equal((await read(headed(`Content-Type: text/${'x'.repeat(1_900)}\r\n`)))?.get('a'), 'x')
  for (const lines of [`X: ${'y'.repeat(2_048)}\r\n`, 'x: y\r\n'.repeat(700)])
    assert.equal(await read(part('name="b"', 'z'), headed(lines)), undefined)
})

test('a body that breaks off or has no boundary is no form, whatever its bytes', async () => {
  assert.equal(await parseUpload(new TextEncoder().encode('--line\r\nContent-Dis'), type), undefined)
  assert.equal(await parseUpload(new Uint8Array(), 'multipart/form-data'), undefined)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
      const body = Buffer.concat([Buffer.from('--line\r\n'), bytes])
      const form = await parseUpload(new Uint8Array(body), type)
      assert.ok(
        form === undefined || form.names().length === 0 || form.names().every(name => /^\w/.test(name)),
      )
    }),
  )
})
