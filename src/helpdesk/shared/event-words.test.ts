import assert from 'node:assert/strict'
import { test } from 'node:test'
import { events } from '../../audit/events.ts'
import { eventInWords } from './event-words.ts'

const names = Object.values(events).flat()

test('every event of the log has a sentence of its own, also when its record holds no facts', () => {
  const sentences = names.map(name => eventInWords(name, {}, 'en'))
  for (const [index, sentence] of sentences.entries()) {
    assert.notEqual(sentence, names[index])
    assert.doesNotMatch(sentence, /undefined|null|\{|_/)
  }
  assert.equal(new Set(sentences).size, sentences.length)
})

test('the facts of a record are part of its sentence', () => {
  assert.equal(
    eventInWords('authn_login_successafterfail', { failures: 3 }, 'en'),
    'Signed in after 3 failed attempts',
  )
  assert.equal(
    eventInWords('privilege_permissions_changed', { before: 'user', after: 'helpdesk' }, 'en'),
    'Role changed from user to helpdesk',
  )
  assert.equal(
    eventInWords('sensitive_read', { what: 'people', form: 'csv', rows: 12 }, 'en'),
    'Export of the list of people ended after 12 rows',
  )
})

test('an event that a newer Lintel wrote is shown by its name', () => {
  assert.equal(eventInWords('user_teleported', {}, 'en'), 'user_teleported')
  assert.equal(eventInWords('constructor', {}, 'en'), 'constructor')
})
