import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Context } from 'hono'
import { isLanguage, preferredLanguage } from './language.ts'

const asked = (accepted: string | undefined) =>
  preferredLanguage(
    new Context(
      new Request('http://x', accepted === undefined ? {} : { headers: { 'accept-language': accepted } }),
    ),
  )

const cases: readonly (readonly [accepted: string | undefined, language: string])[] = [
  [undefined, 'en'],
  ['', 'en'],
  ['es', 'es'],
  ['es-MX,es;q=0.9,en;q=0.8', 'es'],
  ['en-US,en;q=0.9,es;q=0.8', 'en'],
  ['so,es;q=0.5', 'es'],
  ['so,hmn;q=0.9', 'en'],
  ['en;q=0.1, ES;q=0.2', 'es'],
  ['es;q=0', 'en'],
  ['es;q=2', 'es'],
  ['*', 'en'],
  ['constructor,__proto__', 'en'],
]

for (const [accepted, language] of cases)
  test(`a browser that asks for "${accepted}" gets ${language}`, () =>
    assert.equal(asked(accepted), language))

test('whatever a browser sends, it gets a language that there is', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'eEsSnNqQ=;,.-*"\\ 019\t\xff'), maxLength: 4_000 }),
      text => isLanguage(asked(text)),
    ),
  ))
