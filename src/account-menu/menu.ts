import { fullName } from '../account/names.ts'
import { initialsOf, isStaff } from '../account/rules.ts'
import type { Services } from '../session/services.ts'
import type { Visit } from '../session/visit.ts'
import type { Holder, Session } from '../session/visitor.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { button, form, newTabLink, userMenuSection, userMenuShell } from '../web/parts.ts'
import { choiceFields } from '../workspace/pages.ts'
import { readChoices } from '../workspace/store.ts'
import { endInWords, timeoutDialog } from './timeout.ts'
import { type MenuWords, wordsFor } from './words.ts'

const signOutForm = (words: MenuWords, csrf: string): Html =>
  form({ action: '/sign-out', csrf, id: 'sign-out' }, button(words.signOut, { kind: 'secondary' }))

/** The user settings menu; while a step is open only Sign Out. The lists are read only for who has a choice. */
export async function menuFor(
  { store }: Pick<Services, 'store'>,
  visit: Visit<Holder>,
  csrf: string,
): Promise<Html> {
  const { visitor, language } = visit
  const words = wordsFor(language)
  if (visitor.kind === 'pending') return signOutForm(words, csrf)
  const dialog = timeoutDialog(visitor, visit.now, csrf, language)
  if (visitor.step !== undefined) return html`${signOutForm(words, csrf)}${dialog}`
  const { person, facts } = visitor
  const name = fullName(person.firstName, person.lastName)
  const initials = initialsOf(person.firstName, person.lastName)
  const hasChoice = facts.organizations > 1 || facts.workgroups > 1
  const choices = hasChoice ? await readChoices(store, person.id) : undefined
  const selected = { organization: visitor.organization?.id ?? '', workgroup: visitor.workgroup?.id ?? '' }
  const place: Content =
    choices === undefined
      ? placeList(visitor, words)
      : form(
          { action: '/settings/apply', csrf, id: 'apply' },
          html`${choiceFields(language, choices, selected, [], 'menu-')}${button(words.apply, { kind: 'secondary' })}`,
        )
  const menu = userMenuShell(
    words.menuLabel(initials, name),
    initials,
    html`${userMenuSection(html`<p class="user-menu__name"><strong>${name}</strong><br>${words.roles[person.role]} · ${person.email || words.noEmailShort}</p>`)}${userMenuSection(
      place,
    )}${userMenuSection(
      html`${isStaff(person.role) && html`<p><a href="/helpdesk">${words.console}</a></p>`}${visitor.row.contact_since !== null && html`<p><a href="/agency">${words.agencyDesk}</a></p>`}<p><a href="/preferences">${words.preferences}</a></p>${signOutForm(words, csrf)}<p class="usa-hint">${endInWords(visitor, language)}</p>`,
    )}${userMenuSection(html`<p>${newTabLink('/security', words.securitySettings, language)}</p>`)}`,
  )
  return html`${menu}${dialog}`
}

/** Where somebody works who has no choice. */
const placeList = ({ organization, workgroup }: Session, words: MenuWords): Html =>
  html`<dl><dt>${words.organization}</dt><dd>${organization?.name ?? words.none}</dd><dt>${words.workgroup}</dt><dd>${workgroup?.name ?? words.none}</dd></dl>`
