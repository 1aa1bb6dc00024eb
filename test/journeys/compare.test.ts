import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { engines } from '../support/database/databases.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { startLintel } from '../support/process/process.ts'
import { firstSignIn } from './guide.ts'

const count = 1_600
const numbers = Array.from({ length: count }, (_, n) => n)
const crlf = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n`

/** The same people as three programs save them: with one column for the name, or two. */
const shapes: readonly (readonly [file: string, bytes: Buffer])[] = [
  [
    'export.csv',
    Buffer.from(
      crlf(['Staff,Mail,Notes', ...numbers.map(n => `"Núñez, Ana${n}",ana${n}@else.example,"a, b"`)]),
    ),
  ],
  [
    'export.txt',
    Buffer.from(
      `\uFEFF${crlf(['First\tSurname\tMail\tGone', ...numbers.map(n => `Ana${n}\tNúñez\tana${n}@else.example\t`)])}`,
      'utf16le',
    ),
  ],
  [
    'excel.csv',
    Buffer.from(
      crlf(['Person;E-Post;Level', ...numbers.map(n => `Ana${n} Núñez;ana${n}@else.example;2`)]),
      'latin1',
    ),
  ],
]

/** Of the choices of the field, the first of which is none. */
const mailColumn: Readonly<Record<string, number>> = { 'export.csv': 2, 'export.txt': 3, 'excel.csv': 2 }

async function choose(agent: Visitor, name: string, buffer: Buffer): Promise<void> {
  await agent.open('/helpdesk/compare')
  await agent.page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer })
  await agent.press('Compare')
}

for (const engine of engines) {
  test(`a list of 1,600 people is compared in three shapes (${engine})`, async t => {
    const lintel = await startLintel(t, { engine })
    const javaScript = engine === 'sqlite'
    const agent = await openBrowser(t, { width: 1280, height: 900, javaScript, origin: lintel.origin })
    await firstSignIn(agent, lintel)
    for (const [name, bytes] of shapes) {
      await choose(agent, name, bytes)
      assert.equal(await agent.heading(), 'Which column is which?')
      await checkPage(agent.page)
      if (name === 'export.txt') {
        await agent.page.getByLabel('First name').selectOption('First')
        await agent.page.getByLabel('Last name').selectOption('Surname')
      } else if (name === 'export.csv') await agent.page.getByLabel('Full name').selectOption('Staff')
      await agent.page.getByLabel('Email', { exact: true }).selectOption({ index: mailColumn[name] ?? 0 })
      await agent.fill('Remember these columns as', name)
      await agent.press('Compare')
      assert.equal(await agent.heading(), 'Compare lists')
      const text = await agent.text()
      assert.match(text, new RegExp(`${name}, uploaded .* 1,600 people`))
      assert.match(text, /Active there, unknown here \(1,600\)/)
      assert.match(text, /Ana0 Núñez|Núñez, Ana0/)
      assert.match(text, /Active here, not active there \(1\)/)
      await checkPage(agent.page)
    }
    await choose(agent, 'excel-2.csv', shapes[2]?.[1] ?? Buffer.of())
    assert.equal(await agent.heading(), 'Compare lists')
    await agent.follow('Active here, not active there (1)')
    assert.match(await agent.text(), /ask for one, or deactivate theirs here/i)
    await checkPage(agent.page)
  })
}
