import type { Application } from '../../applications/rules.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  copyable,
  errorSummary,
  form,
  hidden,
  linkButton,
  type Problem,
  problemFor,
  summaryList,
  textArea,
} from '../../web/parts.ts'
import type { ActName } from './acts.ts'
import { applicationsBase } from './page.ts'
import { wordsFor } from './words.ts'

/** What an act does, before it is done. */
export function actPage(
  frame: Frame,
  view: {
    readonly name: ActName
    readonly application: Application
    /** The older of two secrets. */
    readonly secretId: string
    readonly reason: string
    readonly problems: readonly Problem[]
  },
): Html {
  const words = wordsFor(frame.language)
  const { name, application, problems } = view
  const { title, effects, name: press } = words.acts[name]
  const address = `${applicationsBase}/${application.id}`
  const outlasts = application.tokenForm === 'jwt' && (name === 'end' || name === 'disable')
  const happens = [...effects, ...(outlasts ? [words.jwtLasts] : [])]
  return page(
    frame,
    { title: title(application.name), kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title(application.name)}</h1><h2>${
      words.willHappen
    }</h2><ul class="usa-list">${happens.map(effect => html`<li>${effect}</li>`)}</ul>${form(
      { action: `${address}/${name}`, csrf: frame.csrf },
      html`${name === 'remove-secret' && hidden('secret', view.secretId)}${textArea({
        name: 'reason',
        label: words.reason,
        hint: words.reasonHint,
        value: view.reason,
        rows: 3,
        problem: problemFor(problems, 'reason'),
      })}${button(press, { kind: name === 'enable' || name === 'add-secret' ? 'primary' : 'danger' })}`,
    )}<p class="after-form"><a href="${address}">${words.cancel}</a></p>`,
  )
}

/** The only page that ever shows a secret. */
export function secretPage(
  frame: Frame,
  given: {
    readonly id: string
    readonly name: string
    readonly issuer: string
    readonly secret: string
    readonly isNew: boolean
  },
): Html {
  const words = wordsFor(frame.language)
  const title = (given.isNew ? words.registered : words.newSecret)(given.name)
  const value = (id: string, text: string) => copyable({ id, text, language: frame.language })
  return page(
    frame,
    { title, kind: 'console' },
    html`<h1>${title}</h1>${alert('success', words.copyNow)}<p>${
      given.isNew ? words.copyInto : words.changeOver
    }</p>${summaryList([
      { key: words.issuer, value: value('issuer', given.issuer) },
      { key: words.clientId, value: value('client-id', given.id) },
      { key: words.clientSecret, value: value('client-secret', given.secret) },
    ])}<p class="after-form">${linkButton(
      `${applicationsBase}/${given.id}`,
      words.toApplication(given.name),
      'secondary',
    )}</p>`,
  )
}
