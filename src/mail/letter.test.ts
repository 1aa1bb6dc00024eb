import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { helpdeskOf, letter } from './letter.ts'
import { link, paragraph } from './render.ts'

const policy = {
  siteName: 'Minnesota HMIS',
  helpdeskName: 'HMIS Helpdesk',
  helpdeskEmail: 'help@example.org',
  helpdeskPhone: '(612) 555-0140',
  timeZone: 'America/Chicago',
}
const write = (...texts: readonly string[]) =>
  letter({ language: 'en', policy, subject: 'Your account is ready', firstName: 'Ann' }, [
    ...texts.map(paragraph),
    link('Sign in', 'https://hmis.example.org/sign-in'),
  ])
const times = (text: string, part: string) => text.split(part).length - 1

test('how the helpdesk is reached stands once in a message, in both of its forms', () => {
  for (const texts of [['Welcome.'], [`Contact ${helpdeskOf(policy, 'en')} if this was not you.`]]) {
    const { text, html } = write(...texts)
    assert.equal(times(text.replaceAll('\n', ' '), '(612) 555-0140'), 1)
    assert.equal(times(html, '(612)\u00a0555-0140'), 1)
    assert.match(text.replaceAll('\n', ' '), /never asks for your password/)
  }
})

test('a telephone number is never broken at the end of a line', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z ]{0,200}$/), before => {
      const { text } = write(`${before} call (612) 555-0140 now`)
      assert.match(text, /\(612\) 555-0140/)
    }),
  )
})

test('a message has one button, the same heading as subject, and loads nothing', () => {
  const { html, text } = write('Welcome.')
  assert.equal(times(html, 'display:inline-block'), 1)
  assert.match(html, /<h1[^>]*>Your account is ready<\/h1>/)
  assert.doesNotMatch(html, /<(?:img|script|link)|url\(/)
  assert.match(text, /Sign in:\nhttps:\/\/hmis\.example\.org\/sign-in/)
})
