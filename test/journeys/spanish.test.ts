import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../support/browser/browser.ts'
import { openClient } from '../support/http/client.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { startLintel } from '../support/process/process.ts'
import { password } from './guide.ts'

const phone = { width: 360, height: 740 }

test('a first sign-in in Spanish, as the browser asks for it, down to the menu', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...phone, locale: 'es-MX', origin: lintel.origin })
  const { page } = person
  const look = () => checkPage(page)
  await person.open('/')
  assert.equal(await page.locator('html').getAttribute('lang'), 'es')
  await person.fill('Nombre de usuario', 'admin')
  await person.fill('Contraseña', 'nada')
  await person.press('Iniciar sesión')
  assert.match(await person.text(), /Hay un problema\s+El nombre de usuario o la contraseña no es correcto/)
  assert.match(await page.title(), /^Error: Iniciar sesión/)
  await look()
  await person.fill('Contraseña', lintel.adminPassword)
  await person.press('Iniciar sesión')
  assert.equal(await person.heading(), 'Términos del acuerdo')
  assert.equal(await page.locator('.terms-text').getAttribute('lang'), 'en')
  await look()
  await person.press('Aceptar')
  await look()
  await person.fill('Contraseña nueva', password)
  await person.fill('Confirme la contraseña nueva', password)
  await person.press('Guardar')
  assert.equal(await person.heading(), 'Recuperación de la cuenta')
  await look()
  await person.press('Omitir por ahora')
  assert.match(await person.heading(), /^Le damos la bienvenida/)
  await look()

  await page.locator('summary').first().click()
  await person.follow('Preferencias')
  await look()
  await person.choose('Idioma', 'English')
  await person.press('Guardar')
  assert.equal(await person.heading(), 'Preferences')
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await person.open('/helpdesk')
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
})

test('whoever cannot read the page finds their language by its own name, without scripts, and keeps what they came for', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...phone, javaScript: false, origin: lintel.origin })
  await person.open('/security')
  assert.equal(await person.heading(), 'Sign in')
  await person.follow('Español')
  assert.equal(await person.heading(), 'Iniciar sesión')
  assert.equal(new URL(person.page.url()).searchParams.get('to'), '/security')
  await person.follow('Olvidé mi contraseña')
  assert.equal(await person.page.locator('html').getAttribute('lang'), 'es')
  await checkPage(person.page)
  await person.follow('English')
  assert.equal(await person.heading(), 'Forgot password')
})

test('a language that there is not, or a way out of the site, is followed by nobody', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const client = openClient(lintel.origin)
  for (const [path, to] of [
    ['/language/xx?to=/sign-in', '/sign-in'],
    ['/language/__proto__?to=/sign-in', '/sign-in'],
    ['/language/es?to=//evil.example/', '/'],
    ['/language/es?to=https://evil.example/', '/'],
    ['/language/es', '/'],
  ] as const) {
    const answer = await client.get(path)
    assert.equal(answer.status, 303)
    assert.equal(answer.location, to, path)
  }
  assert.equal(client.cookies.get('lintel-language'), 'es')
  client.cookies.set('lintel-language', '"><script>')
  assert.match((await client.get('/sign-in')).text, /<html lang="en"/)
})
