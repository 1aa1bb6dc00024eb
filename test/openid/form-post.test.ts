import assert from 'node:assert/strict'
import { eachEngine } from '../support/database/store.ts'
import { callback, openParty } from '../support/people/party.ts'

const fieldIn = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1]

eachEngine(
  'an application that takes forms gets its code in one, which may go to its origin alone and needs no script',
  async open => {
    const party = await openParty(await open(), { takesFormPost: true })
    const who = await party.desk.signIn(party.desk.inside)
    const answer = await party.authorize(who, { response_mode: 'form_post', state: '"><b>' })
    assert.equal(answer.status, 200)
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /form-action https:\/\/beds\.example\.org;/)
    assert.doesNotMatch(policy, /unsafe|form-action 'self'/)
    const text = await answer.text()
    assert.match(text, new RegExp(`<form class="usa-form" method="post" action="${callback}" data-lead-on>`))
    assert.match(text, /<button[^>]*>Continue<\/button>/)
    assert.equal(fieldIn(text, 'iss'), party.desk.services.settings.LINTEL_ORIGIN)
    assert.equal(fieldIn(text, 'state'), '&quot;&gt;&lt;b&gt;')
    assert.equal((await party.exchange(fieldIn(text, 'code') ?? '')).status, 200)
    const refused = await party.authorize(party.desk.callers.anonymous, {
      response_mode: 'form_post',
      prompt: 'none',
    })
    assert.equal(fieldIn(await refused.text(), 'error'), 'login_required')
  },
)

eachEngine('an application that was not registered for forms gets no code in one', async open => {
  const party = await openParty(await open())
  const who = await party.desk.signIn(party.desk.inside)
  for (const response_mode of ['form_post', 'fragment', 'posted', 'query.jwt']) {
    const answer = await party.authorize(who, { response_mode })
    const said = (answer.headers.get('location') ?? '') + (await answer.text())
    assert.doesNotMatch(said, /code=|name="code"/, response_mode)
  }
})
