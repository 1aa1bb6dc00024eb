import { fullName } from '../account/names.ts'
import { initialsOf, isStaff } from '../account/rules.ts'
import type { Services } from '../session/services.ts'
import type { Visit } from '../session/visit.ts'
import type { Holder } from '../session/visitor.ts'
import type { Theme } from '../store/schema.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { languages, languageTags } from '../web/language.ts'
import {
  button,
  form,
  newTabLink,
  selectField,
  summaryList,
  userMenuSection,
  userMenuShell,
} from '../web/parts.ts'
import { choiceFields } from '../workspace/pages.ts'
import { readChoices } from '../workspace/store.ts'
import { endInWords, timeoutDialog } from './timeout.ts'
import { type MenuWords, wordsFor } from './words.ts'

export const themes: readonly Theme[] = ['system', 'light', 'dark', 'contrast']

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
      ? summaryList([
          { key: words.organization, value: visitor.organization?.name ?? words.none },
          { key: words.workgroup, value: visitor.workgroup?.name ?? words.none },
        ])
      : form(
          { action: '/settings/apply', csrf, id: 'apply' },
          html`${choiceFields(language, choices, selected, [], 'menu-')}${button(words.apply, { kind: 'secondary' })}`,
        )
  const menu = userMenuShell(
    words.menuLabel(initials, name),
    initials,
    html`${userMenuSection(html`<p class="user-menu__name"><strong>${name}</strong><br>${person.email || words.noEmailShort}<br>${words.roles[person.role]}</p>${signOutForm(words, csrf)}<p class="usa-hint">${endInWords(visitor, language)}</p>`)}${userMenuSection(
      place,
    )}${userMenuSection(
      html`${themeForm(words, csrf, person.theme, 'menu-')}${languageForm(words, csrf, person.language)}`,
    )}${userMenuSection(
      html`${isStaff(person.role) && html`<p><a href="/helpdesk">${words.console}</a></p>`}${visitor.row.contact_since !== null && html`<p><a href="/agency">${words.agencyDesk}</a></p>`}<p>${newTabLink('/security', words.securitySettings, language)}</p>`,
    )}`,
  )
  return html`${menu}${dialog}`
}

/** `prefix` keeps ids apart where the form stands twice. */
export const themeForm = (words: MenuWords, csrf: string, theme: Theme, prefix: string): Html =>
  form(
    { action: '/settings/theme', csrf, id: `${prefix}theme-form` },
    html`${selectField({
      name: 'theme',
      id: `${prefix}theme`,
      label: words.theme,
      value: theme,
      choices: themes.map(value => ({ value, label: words.themes[value] })),
      autocomplete: 'off',
    })}${button(words.useTheme, { kind: 'secondary' })}`,
  )

const languageForm = (words: MenuWords, csrf: string, language: string): Html =>
  form(
    { action: '/settings/language', csrf, id: 'language-form' },
    html`${selectField({
      name: 'language',
      label: words.language,
      value: language,
      choices: [
        { value: '', label: words.ownLanguage },
        ...languageTags.map(tag => ({ value: tag, label: languages[tag] })),
      ],
      autocomplete: 'off',
    })}${button(words.useLanguage, { kind: 'secondary' })}`,
  )
