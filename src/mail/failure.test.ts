import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFailure } from './failure.ts'

const refusal = (response: string, command = 'RCPT TO') =>
  Object.assign(new Error(`Can't send mail: ${response}`), {
    code: 'EENVELOPE',
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  })

test("only a refusal of the person's own address is final", () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['550 5.1.1 User unknown', true],
    ['550 5.1.2 Host unknown', true],
    ['550 5.2.1 Mailbox disabled', true],
    ['550 No such user here', true],
    ['553 Mailbox name not allowed', true],
    ['550 5.7.1 Relaying denied', false],
    ['550 5.7.26 Unauthenticated email is not accepted', false],
    ['554 5.7.1 Client host blocked using a list', false],
    ['550 5.1.8 Sender address rejected', false],
    ['552 5.2.2 Mailbox full', false],
    ['550 Relay not permitted', false],
    ['550 Message rejected as spam', false],
    ['554 Transaction failed', false],
    ['503 5.5.1 Bad sequence of commands', false],
    ['450 4.2.0 Greylisted, try again later', false],
    ['451 Try again', false],
  ]
  for (const [reply, final] of cases) assert.equal(readFailure(refusal(reply)).final, final, reply)
  for (const command of ['CONN', 'EHLO', 'AUTH PLAIN', 'MAIL FROM', 'DATA'])
    assert.equal(readFailure(refusal('550 5.1.1 no', command)).final, false, command)
})

test("the server's words are kept on one line, without the token of a link", () => {
  const link = `https://hmis.example/reset/${'aB3-_'.repeat(9).slice(0, 43)}`
  const { said, code } = readFailure(refusal(`554 5.7.1 the address\r\n554 ${link} is\u200b listed`, 'DATA'))
  assert.equal(said, '554 5.7.1 the address 554 https://hmis.example/reset/… is listed')
  assert.equal(code, 'EENVELOPE 554')
  assert.equal(readFailure(refusal(`554 ${'x y '.repeat(400)}`)).said.length, 400)
})

test('an error of the way there keeps the words of the system', () => {
  const error = Object.assign(new Error('self-signed certificate'), { code: 'ESOCKET' })
  assert.deepEqual(readFailure(error), { code: 'ESOCKET', said: 'self-signed certificate', final: false })
  assert.deepEqual(readFailure('x'), { code: 'EUNKNOWN', said: '', final: false })
})
