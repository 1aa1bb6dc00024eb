import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vocabulary } from './vocabulary.ts'

const words = vocabulary({ en: 'hello', es: 'hola' })

test('a language is found by its whole tag or its first part, and English stands in for the rest', () => {
  assert.deepEqual(['es', 'es-MX', 'en-US', 'hmn', '', '__proto__'].map(words), [
    'hola',
    'hola',
    'hello',
    'hello',
    'hello',
    'hello',
  ])
})
