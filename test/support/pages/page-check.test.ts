import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { openBrowser } from '../browser/browser.ts'
import { checkPage } from './page-check.ts'

const sound = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in – Lintel</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><main><h1>Sign in</h1><form method="post" action="/">
<p><label for="username">Username</label> <input id="username" name="username" type="text" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false"></p>
<p><input id="stay" name="stay" type="checkbox" value="1"> <label for="stay">Stay here</label></p>
<p>See the <a href="/help">help</a> first.</p>
<p><button type="submit">Sign In</button></p></form></main></body></html>`

const faults: readonly (readonly [string, string, string, RegExp])[] = [
  ['a second h1', '<p>See', '<h1>Other</h1><p>See', /one h1 is needed, found 2/],
  ['a foreign title', ' – Lintel', '', /does not end with "– Lintel"/],
  ['an id given twice', '<p>See', '<p id="stay">See', /id "stay" is not unique/],
  ['a label for nothing', 'for="stay"', 'for="nothing"', /for="nothing" leads nowhere/],
  [
    'a description that is not there',
    'name="stay"',
    'name="stay" aria-describedby="gone"',
    /aria-describedby="gone"/,
  ],
  ['an inline style', '<p>See', '<p style="color:red">See', /no-inline-style/],
  ['an inline script', '</main>', '<script>1</script></main>', /inline script/],
  ['an inline handler', '<p>See', '<p onclick="x()">See', /inline script/],
  [
    'markup that is not valid',
    '<p>See',
    '<div><p><div>x</div></p></div><p>See',
    /html .*close-order|element-permitted/,
  ],
  ['an input without autocomplete', ' autocomplete="username"', '', /no autocomplete/],
  ['a username that a phone may correct', ' autocorrect="off"', '', /a phone may correct/],
  [
    'a form that takes a password of nobody',
    'name="username" type="text" autocomplete="username"',
    'name="secret" type="password" autocomplete="new-password"',
    /cannot tell whose password/,
  ],
  ['a field without a name for screen readers', '<label for="username">Username</label>', '', /axe label/],
  ['a target too small', 'type="submit">', 'type="submit" class="tiny">', /target of \d+ by \d+ px/],
  ['a line too long for a phone', '<p>See', '<p class="wide">See', /scrolls sideways at 320 px/],
  ['blocks without a space', '<p>See', '<p class="close">Near</p><p class="close">See', /0 px between <p/],
  ['a rule through a line', '<p>See', '<p class="ruled">Struck</p><p>See', /a rule of .* runs through/],
  [
    'a second primary button',
    '<button type="submit">',
    '<button class="usa-button" type="submit">Go</button> <button class="usa-button" type="submit">',
    /2 primary buttons: Go, Sign In/,
  ],
  [
    'a menu longer than the screen',
    '<main>',
    '<details class="user-menu"><summary>Menu</summary><div class="user-menu__panel"><p class="tall"><a href="/security">Security Settings</a></p></div></details><main>',
    /the menu ends at \d+ px of 640/,
  ],
  ['text too pale', '<p>See', '<p class="pale">See', /axe color-contrast/],
]

const style = `body { margin: 1rem; font: 17px/1.5 sans-serif } button, input[type=text] { min-height: 2rem } label { display: inline-block; min-height: 1.5rem }
.tiny { min-height: 0; height: 12px; font-size: 6px } .wide { width: 340px } .pale { color: #bbb } .close { margin: 0 } .ruled { height: 12px; border-bottom: 1px solid } .tall { height: 700px }`

let html = sound
const server = createServer((request, response) => {
  const css = request.url === '/style.css'
  response.setHeader('content-type', css ? 'text/css' : 'text/html; charset=utf-8')
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; require-trusted-types-for 'script'",
  )
  response.end(css ? style : html)
})
let origin = ''

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

for (const javaScript of [true, false]) {
  test(`a sound page passes with scripts ${javaScript ? 'on' : 'off'}, as a page and as the answer to a form`, async t => {
    html = sound
    const visitor = await openBrowser(t, { width: 1280, height: 800, javaScript, origin })
    await visitor.open('/')
    await checkPage(visitor.page)
    await visitor.fill('Username', 'amina')
    await visitor.tick('Stay here')
    await visitor.press('Sign In')
    assert.equal(await visitor.heading(), 'Sign in')
    assert.match(await visitor.text(), /See the help first/)
    await checkPage(visitor.page)
    assert.deepEqual(visitor.page.viewportSize(), { width: 1280, height: 800 })
  })
}

for (const [what, old, planted, expected] of faults) {
  test(`${what} is found`, async t => {
    html = sound.replace(old, planted)
    assert.notEqual(html, sound)
    const visitor = await openBrowser(t, { width: 1280, height: 800, origin })
    await visitor.open('/')
    await assert.rejects(checkPage(visitor.page), expected)
  })
}

test('all faults are told at once, with scripts off too', async t => {
  html = sound.replace(' – Lintel', '').replace(' autocomplete="username"', '')
  const visitor = await openBrowser(t, { width: 1280, height: 800, javaScript: false, origin })
  await visitor.open('/')
  await assert.rejects(checkPage(visitor.page), /does not end with.*no autocomplete/s)
})
