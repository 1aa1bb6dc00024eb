import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generalHelp, verbHelp } from './help.ts'
import { verbs } from './verbs.ts'

test('every verb has help that begins with how it is typed, names each of its options and is in the list', async () => {
  const list = generalHelp(undefined).join('\n')
  for (const [name, verb] of Object.entries(verbs)) {
    const { command } = await verb.load()
    const help = verbHelp(command)
    assert.ok(help[0]?.startsWith(`Usage: lintel ${name}`), name)
    for (const option of Object.keys(command.options ?? {}))
      assert.match(help.join('\n'), new RegExp(`--${option}\\b`), `${name} --${option}`)
    assert.match(list, new RegExp(`^  ${name} +\\S`, 'm'))
  }
})

test('a noun lists its own verbs only', () => {
  const list = generalHelp('audit').join('\n')
  assert.match(list, /audit verify/)
  assert.doesNotMatch(list, /account create/)
})
