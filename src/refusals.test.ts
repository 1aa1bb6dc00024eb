import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { events } from './audit/events.ts'
import { type RefusalCode, refusals, statusOf } from './refusals.ts'

const codes = Object.keys(refusals) as RefusalCode[]

/** Shown as whole error pages, which have their words by status. */
const byStatus = (code: string) => code.startsWith('request.')

/** The words of a file, as they stand or by language. */
async function wordsOf(file: string): Promise<readonly string[]> {
  const loaded = (await import(join(import.meta.dirname, file))) as object
  return Object.entries(loaded).flatMap(([name, given]) => {
    const words: unknown = name.startsWith('wordsFor') ? given('en') : given
    return typeof words === 'object' && words !== null && 'refusals' in words
      ? Object.keys(words.refusals as object)
      : []
  })
}

test('every refusal has its words in exactly one feature, and no words are of a refusal that is not', async () => {
  const found = new Map<string, string[]>()
  for (const file of globSync('**/*words.ts', { cwd: import.meta.dirname }))
    for (const code of await wordsOf(file)) found.set(code, [...(found.get(code) ?? []), file])
  for (const code of codes.filter(code => !byStatus(code)))
    assert.equal(found.get(code)?.length ?? 0, 1, `${code}: ${found.get(code)?.join(', ') ?? 'no words'}`)
  assert.deepEqual(
    [...found.keys()].filter(code => !(code in refusals)),
    [],
  )
})

test('the event of a refusal is one that the audit log knows', () => {
  const known = new Set<string>([...events.owasp, ...events.own])
  for (const code of codes) {
    const { event } = refusals[code] as { event: string | undefined }
    assert.ok(event === undefined || known.has(event), code)
  }
})

test('a form is answered with the status of its gravest refusal, whatever their order', () => {
  const rising = [422, 404, 403, 429, 503]
  assert.equal(statusOf([]), 422)
  assert.equal(statusOf([{ code: 'sign-in.wrong' }]), 422)
  assert.equal(statusOf([{ code: 'sign-in.wrong' }, { code: 'sign-in.waiting' }]), 429)
  assert.equal(statusOf([{ code: 'request.busy' }, { code: 'sign-in.waiting' }]), 503)
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...codes), { minLength: 1 }), list => {
      const gravest = Math.max(...list.map(code => rising.indexOf(refusals[code].status)))
      assert.equal(statusOf(list.map(code => ({ code }))), rising[gravest])
    }),
  )
})
