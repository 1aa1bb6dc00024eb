import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEnvText } from './env-file.ts'

/** A file as people write it, and what systemd 252 gave a service for it. */
const lines: readonly (readonly [text: string, name: string, value: string | undefined])[] = [
  [
    'LINTEL_MAIL_FROM=HMIS Helpdesk <helpdesk@example.org>',
    'LINTEL_MAIL_FROM',
    'HMIS Helpdesk <helpdesk@example.org>',
  ],
  ['A=pa$$word', 'A', 'pa$$word'],
  ['A=$HOME `id` $(id)', 'A', '$HOME `id` $(id)'],
  ["A=it's 5 o'clock", 'A', "it's 5 o'clock"],
  ['A="one"\'two\'', 'A', 'onetwo'],
  ['A="a\\nb"', 'A', 'a\\nb'],
  ['A=postgres://a:b@c/d?x=1&y=2', 'A', 'postgres://a:b@c/d?x=1&y=2'],
  ['A="two words"', 'A', 'two words'],
  ['A=\'it "is"\'', 'A', 'it "is"'],
  ['A="a \\"quoted\\" word"', 'A', 'a "quoted" word'],
  ['A="a\\$b"', 'A', 'a$b'],
  ['A=a\\ b', 'A', 'a b'],
  ['A=a\\\nb', 'A', 'ab'],
  ['A="line\nbreak"', 'A', 'line\nbreak'],
  ['A=value # no comment', 'A', 'value # no comment'],
  ['  A = spaced  ', 'A', 'spaced'],
  ['A=', 'A', ''],
  ['# A=comment', 'A', undefined],
  ['; A=comment', 'A', undefined],
  ['A=first\nA=last', 'A', 'last'],
  ['A=x\r\nB=y\r\n', 'B', 'y'],
]
for (const [text, name, value] of lines)
  test(`a file of settings with ${JSON.stringify(text)} gives ${JSON.stringify(value) ?? 'nothing'}`, () =>
    assert.equal(readEnvText(text).get(name), value))
