import type { HomeLink, NewLink } from '../../applications/links.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  button,
  errorSummary,
  form,
  hidden,
  linkButton,
  type Problem,
  problemFor,
  table,
  textField,
} from '../../web/parts.ts'
import { wordsFor } from './link-words.ts'
import { applicationsBase } from './page.ts'

export const linksBase = '/helpdesk/links'

/** The links on Home, below the applications. */
export function linksSection(frame: Frame, links: readonly HomeLink[]): Content {
  const words = wordsFor(frame.language)
  return html`<h2>${words.title}</h2><p>${words.lead}</p><p>${linkButton(
    `${linksBase}/new`,
    words.add,
    'secondary',
  )}</p>${table({
    caption: words.title,
    captionHidden: true,
    columns: words.columns.map(text => ({ text })),
    rows: links.map(({ id, name, address, purpose }) => [
      html`<a href="${linksBase}/${id}">${name}</a>`,
      purpose,
      address,
    ]),
    empty: words.nothing,
    language: frame.language,
  })}`
}

/** Adds a link, changes one or takes it away. */
export function linkPage(
  frame: Frame,
  view: {
    /** Absent: a new one. */
    readonly link: HomeLink | undefined
    readonly entry: NewLink
    readonly problems: readonly Problem[]
  },
): Html {
  const words = wordsFor(frame.language)
  const { link, entry, problems } = view
  const title = link === undefined ? words.add : words.editTitle(link.name)
  const address = link === undefined ? `${linksBase}/new` : `${linksBase}/${link.id}`
  const version = link && hidden('version', String(link.version))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${form(
      { action: address, csrf: frame.csrf },
      html`${version}${textField({
        name: 'name',
        label: words.name,
        value: entry.name,
        problem: problemFor(problems, 'name'),
        autocomplete: 'off',
        typing: 'name',
      })}${textField({
        name: 'address',
        label: words.address,
        type: 'url',
        value: entry.address,
        problem: problemFor(problems, 'address'),
        autocomplete: 'off',
        typing: 'signs',
      })}${textField({
        name: 'purpose',
        label: words.purpose,
        hint: words.purposeHint,
        value: entry.purpose,
        problem: problemFor(problems, 'purpose'),
        autocomplete: 'off',
      })}${button(link === undefined ? words.add : words.save)}`,
    )}${
      link &&
      form(
        { action: `${address}/remove`, csrf: frame.csrf },
        html`${version}${button(words.remove, { kind: 'secondary' })}`,
      )
    }<p class="after-form"><a href="${applicationsBase}">${words.back}</a></p>`,
  )
}
