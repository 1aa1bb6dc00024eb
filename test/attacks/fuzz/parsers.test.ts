/** The parsers of bytes that anybody sends, with bytes that nobody should send. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPeople } from '../../../src/administration/import/csv.ts'
import { checkInFile, indexOf } from '../../../src/administration/import/rules.ts'
import { cleanLogo } from '../../../src/policy/logo.ts'
import { parseForm, parseUpload } from '../../../src/web/request.ts'
import { png, pngChunk } from '../../support/browser/picture.ts'

const fieldName = fc
  .stringMatching(/^[a-z][\w-]{0,20}$/)
  .filter(name => !['constructor', 'prototype'].includes(name))
const fieldValue = fc.string({ unit: 'binary', maxLength: 80 }).filter(text => !/[\0\uFFFD]/.test(text))
const bytesOf = (text: string | Buffer) => new Uint8Array(Buffer.from(text as string))

test('a form with a file is read exactly as it was sent, or not at all', async () => {
  const fields = fc.array(fc.tuple(fieldName, fieldValue), { maxLength: 8 })
  const file = fc.uint8Array({ maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(fields, file, fc.string({ minLength: 1, maxLength: 40 }), async (pairs, bytes, name) => {
      const sent = new FormData()
      for (const [key, value] of pairs) sent.append(key, value)
      sent.append('file', new File([new Uint8Array(bytes)], name))
      const encoded = new Response(sent)
      const form = await parseUpload(
        new Uint8Array(await encoded.arrayBuffer()),
        encoded.headers.get('content-type') ?? '',
      )
      if (pairs.some(([key]) => key === 'file')) return
      assert.ok(form !== undefined)
      const lines = (text: string) => text.replace(/\r\n?|\n/g, '\r\n')
      for (const [key] of pairs)
        assert.deepEqual(
          form.all(key),
          pairs.filter(([other]) => other === key).map(([, value]) => lines(value)),
        )
      assert.deepEqual(form.file('file')?.bytes, new Uint8Array(bytes))
    }),
    { numRuns: 60 },
  )
})

test('no body of any type makes its reader fail or invent a field', async () => {
  const scrap = fc.constantFrom(
    ...[
      '--line',
      '--line--',
      '\r\n',
      '\n',
      'Content-Disposition: form-data; name="a"',
      '; filename="b"',
      '"',
      '\0',
    ],
    ...[
      'Content-Disposition: form-data; name="__proto__"',
      'Content-Transfer-Encoding: base64',
      "name*=utf-8''a",
      ':',
    ],
  )
  const type = fc.oneof(
    fc.constant('multipart/form-data; boundary=line'),
    fc.constantFrom(
      'multipart/form-data; boundary="line"',
      'multipart/form-data;boundary=line;boundary=x',
      '',
    ),
    fc.string({ maxLength: 60 }).map(text => `multipart/form-data; boundary=${text}`),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(scrap, fc.string({ maxLength: 9 })), { maxLength: 30 }),
      type,
      async (parts, given) => {
        const body = bytesOf(parts.join(''))
        for (const form of [await parseUpload(body, given), parseForm(body)])
          for (const name of form?.names() ?? []) assert.match(name, /^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/)
      },
    ),
    { numRuns: 300 },
  )
})

test('a username that no account can have is looked up nowhere, however long it is', async () => {
  const long = 'l1'.repeat(500)
  const rows = [long, `1${long.slice(1)}`].map((name, n) => `Ann,Lee,a${n}@example.org,${name}`)
  const read = await readPeople(bytesOf(`First name,Last name,Email,Username\n${rows.join('\n')}\n`))
  assert.ok(read.ok)
  const index = indexOf(read.rows)
  for (const row of read.rows) {
    assert.deepEqual(
      row.problems.map(({ code }) => code),
      ['account.username-shape'],
    )
    assert.deepEqual(checkInFile(row, index), [])
  }
})

test('a file of people is read or refused in words, whatever it holds', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      '"',
      '""',
      ',',
      ';',
      '\t',
      '\r',
      '\n',
      '\ufeff',
      '=1+1',
      'Ann',
      'a@b.example',
      'Username',
      'Email',
    ),
  )
  const bytes = fc.oneof(
    fc
      .array(cell, { maxLength: 60 })
      .map(cells => bytesOf(`First name,Last name,Email,Username\n${cells.join('')}`)),
    fc.array(cell, { maxLength: 60 }).map(cells => bytesOf(cells.join(','))),
    fc.uint8Array({ maxLength: 200 }),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async file => {
      const read = await readPeople(file)
      if (!read.ok) assert.ok(read.problems.length > 0 && read.problems.length <= 10)
    }),
    { numRuns: 200 },
  )
})

test('a picture with bytes changed, cut or added is refused or shows the same picture', () => {
  const whole = png(64, 32, pngChunk('tEXt', Buffer.from('x')))
  const clean = cleanLogo(whole)
  assert.ok(clean.ok)
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(3), (at, flip, how) => {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ flip
      const file = [
        changed,
        whole.subarray(0, at),
        Buffer.concat([whole, changed.subarray(0, at + 1)]),
        Buffer.concat([changed.subarray(0, at), whole]),
      ][how]
      const answer = cleanLogo(file ?? whole)
      assert.ok(!answer.ok || answer.value.equals(clean.value))
    }),
    { numRuns: 300 },
  )
})
