import type { Person } from '../session/visitor.ts'
import type { Theme } from '../store/schema.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { languages, languageTags } from '../web/language.ts'
import { page } from '../web/layout.ts'
import { alert, button, form, radioGroup, selectField } from '../web/parts.ts'
import { wordsFor } from './words.ts'

export const themes: readonly Theme[] = ['system', 'light', 'dark', 'contrast']

/** How the pages look and in which language they are; `isSaved` after it was changed just now. */
export function preferencesPage(
  frame: Frame,
  values: Pick<Person, 'theme' | 'language'>,
  isSaved: boolean,
): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.preferences },
    html`${isSaved && alert('success', words.preferencesSaved)}<h1>${words.preferences}</h1><p>${words.preferencesLead}</p>${form(
      { action: '/preferences', csrf: frame.csrf },
      html`${radioGroup({
        name: 'theme',
        label: words.theme,
        value: values.theme,
        choices: themes.map(value => ({ value, label: words.themes[value] })),
      })}${selectField({
        name: 'language',
        label: words.language,
        value: values.language,
        choices: [
          { value: '', label: words.ownLanguage },
          ...languageTags.map(tag => ({ value: tag, label: languages[tag] })),
        ],
        autocomplete: 'off',
      })}${button(words.savePreferences)}`,
    )}<p class="after-form"><a href="/terms/accepted">${words.termsAccepted}</a></p>`,
  )
}
