import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  alert,
  button,
  errorSummary,
  form,
  linkButton,
  problemFor,
  summaryList,
  textField,
} from '../web/parts.ts'
import { questionForm } from './fields.ts'
import type { QuestionEntry } from './question.ts'
import { wordsFor } from './words.ts'

/** Account recovery: whether the question is set. In the first sign-in it can be skipped. */
export function recoveryPage(
  frame: Frame,
  given: { readonly isSet: boolean; readonly firstSignIn: boolean; readonly isSaved: boolean },
): Html {
  const words = wordsFor(frame.language)
  const action = given.isSet ? words.change : words.set
  return page(
    frame,
    { title: words.title },
    html`${given.isSaved && alert('success', words.saved)}<h1>${words.title}</h1><p>${words.lead}</p>${summaryList(
      [
        {
          key: words.row,
          value: given.isSet ? words.isSet : words.notSet,
          action: {
            href: '/recovery/question',
            text: action,
            about: words.about,
            isPrimary: given.firstSignIn,
          },
        },
      ],
    )}${
      given.firstSignIn
        ? form(
            { action: '/recovery', csrf: frame.csrf },
            html`<p>${words.skipMeans}</p>${button(words.skip, { kind: 'quiet' })}`,
          )
        : html`<p class="after-form">${linkButton('/security', words.back, 'secondary')}</p>`
    }`,
  )
}

/** This site has no security question: there is nothing to set or skip. */
export function notUsedPage(frame: Frame): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title },
    html`<h1>${words.title}</h1><p>${words.notUsed}</p><p>${words.notUsedNext}</p><p class="after-form">${linkButton(
      '/security',
      words.back,
      'secondary',
    )}</p>`,
  )
}

/** Set your security question: a question and an answer of one's own. */
export function questionPage(
  frame: Frame,
  entry: QuestionEntry,
  refusals: readonly Refusal<RefusalOf<'recovery'>>[],
): Html {
  const words = wordsFor(frame.language)
  const { name } = questionForm
  const problems = refusals.map(({ code, field }) => ({
    field: field ?? name.question,
    text: words.refusals[code],
  }))
  return page(
    frame,
    { title: words.questionTitle, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.questionTitle}</h1><p>${words.questionLead}</p>${form(
      { action: '/recovery/question', csrf: frame.csrf },
      html`${textField({
        name: name.question,
        label: words.question,
        hint: html`${words.questionHint}<ul class="usa-list">${words.ideas.map(idea => html`<li>${idea}</li>`)}</ul>`,
        value: entry.question,
        problem: problemFor(problems, name.question),
        list: words.ideas,
        autocomplete: 'off',
      })}${textField({
        name: name.answer,
        label: words.answer,
        hint: words.answerHint,
        value: '',
        problem: problemFor(problems, name.answer),
        autocomplete: 'off',
        typing: 'signs',
      })}${button(words.save)}`,
    )}`,
  )
}
