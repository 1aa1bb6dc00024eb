import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addressTrouble, isSendable, readSender } from './email-address.ts'

test('an address that mail can never reach is told from an ordinary one, with the reason', () => {
  const cases: readonly (readonly [string, ReturnType<typeof addressTrouble>])[] = [
    ['ann@example.org', undefined],
    ["o'brien+hmis@example.org", undefined],
    ['josé@exämple.org', undefined],
    ['admin@localhost', undefined],
    ['ann@xn--exmple-cua.org', undefined],
    ['ann\u200b@example.org', 'unseen'],
    ['ann@exam\u00adple.org', 'unseen'],
    ['\u200eann@example.org', 'unseen'],
    ['ann@example.org\ufe0f', 'unseen'],
    ['ann\u3164@example.org', 'unseen'],
    ['ann@example.org\r\nBcc: thief@example.org', 'unseen'],
    ['ann@example.org.', 'dots'],
    ['ann@example..org', 'dots'],
    ['ann@.example.org', 'dots'],
    ['.ann@example.org', 'dots'],
    ['ann.@example.org', 'dots'],
    ['ann..lee@example.org', 'dots'],
    ['ann@example', 'domain'],
    ['ann lee@example.org', 'shape'],
    ['ann@exam ple.org', 'shape'],
    ['ann\u00a0@example.org', 'shape'],
    ['ann@-example.org', 'shape'],
    ['ann@example-.org', 'shape'],
    ['ann@exa_mple.org', 'shape'],
    [`${'a'.repeat(65)}@example.org`, 'shape'],
    [`ann@${'a'.repeat(64)}.org`, 'shape'],
    ['ann@example.org, bo@example.org', 'shape'],
    ['Ann <ann@example.org>', 'shape'],
    ['ann', 'shape'],
    ['ann@', 'shape'],
    ['@example.org', 'shape'],
    ['a@[192.0.2.1]', 'shape'],
    ['', 'shape'],
  ]
  for (const [address, trouble] of cases)
    assert.equal(addressTrouble(address), trouble, JSON.stringify(address))
})

test('whatever can be sent to holds one @, no blank and nothing that ends a line or an address', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
      (a, b) => {
        const address = `${a}@${b}`
        if (isSendable(address))
          assert.match(address, /^[^\s@<>,;:"()\p{Cc}\p{Cf}]+@[^\s@<>,;:"()\p{Cc}\p{Cf}]+$/u)
      },
    ),
  )
})

test('a sender is one address with a name, whatever signs the name has', () => {
  const address = 'desk@example.org'
  assert.deepEqual(readSender('desk@example.org'), { name: '', address })
  assert.deepEqual(readSender('HMIS, Helpdesk <desk@example.org>'), { name: 'HMIS, Helpdesk', address })
  assert.deepEqual(readSender('"HMIS: Helpdesk" <desk@example.org>'), { name: 'HMIS: Helpdesk', address })
  for (const wrong of [
    'noreply',
    'a@example.org, b@example.org',
    'A <a@example.org',
    'A <>',
    'A\n <a@example.org>',
  ])
    assert.equal(readSender(wrong), undefined, wrong)
})
