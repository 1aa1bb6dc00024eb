import { cardOfText } from '../../session/code-card.ts'
import type { Session } from '../../session/visitor.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { button, buttonGroup, errorSummary, form, linkButton, type Problem } from '../../web/parts.ts'
import { nameForm } from '../common/fields.ts'
import type { OwnWay } from '../common/own-way.ts'
import { codeField, nameField, problemsOf, type Refused, wayTitle } from '../common/pages.ts'
import { wordsFor } from '../common/words.ts'
import { keyButton, keyFieldFor } from '../passkeys/pages.ts'
import { addresses } from './addresses.ts'

interface Asking {
  readonly title: string
  readonly action: string
  readonly button: string
  readonly kind: 'primary' | 'danger'
  readonly problems?: readonly Problem[]
  /** A passkey or security key can answer in the place of a code. */
  readonly keys?: boolean
}

/** A page of its own for one change: what it means, and the button that makes it. */
function confirmPage(frame: Frame, asking: Asking, lead: Content, field: Content = ''): Html {
  const words = wordsFor(frame.language)
  const { title, problems = [] } = asking
  return page(
    frame,
    { title, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${lead !== '' && html`<p>${lead}</p>`}${form(
      { action: asking.action, csrf: frame.csrf },
      html`${field}${asking.keys && keyFieldFor(frame)}${buttonGroup(
        button(asking.button, { kind: asking.kind }),
        asking.keys && keyButton(frame, asking.action),
        linkButton(addresses.twoStep, words.cancel, 'quiet'),
      )}`,
    )}`,
  )
}

/** Turn Off asks once more, with a code. `required`: the policy asks for it, and it is set up again. */
export function turnOffPage(
  frame: Frame,
  problems: readonly Problem[],
  session: Session,
  given: { readonly required: boolean; readonly hasKey: boolean },
): Html {
  const words = wordsFor(frame.language)
  const card = cardOfText(session.row.code_card)
  const hint = card?.left ? words.anyHint(card.number, card.letter) : words.eitherHint
  return confirmPage(
    frame,
    {
      title: words.turnOffTitle,
      action: addresses.turnOff,
      button: words.turnOff,
      kind: 'danger',
      problems,
      keys: given.hasKey,
    },
    given.required ? words.turnOffRequired : words.turnOffMeans,
    codeField(frame, problems, hint),
  )
}

export function newCodesPage(frame: Frame): Html {
  const words = wordsFor(frame.language)
  return confirmPage(
    frame,
    { title: words.newCodes, action: addresses.newCodes, button: words.newCodes, kind: 'primary' },
    words.newCodesMeans,
  )
}

export function removePage(frame: Frame, refused: Refused, way: OwnWay): Html {
  const words = wordsFor(frame.language)
  const title = wayTitle(way, words)
  return confirmPage(
    frame,
    {
      title: words.removeTitle(title),
      action: addresses.remove(way.id),
      button: words.remove,
      kind: 'danger',
      problems: problemsOf(frame, refused, undefined),
    },
    words.removeMeans,
  )
}

export function renamePage(frame: Frame, refused: Refused, way: OwnWay, typed: string): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, refused, nameForm.name.name)
  return confirmPage(
    frame,
    {
      title: words.renameTitle(wayTitle(way, words)),
      action: addresses.rename(way.id),
      button: words.rename,
      kind: 'primary',
      problems,
    },
    '',
    nameField(frame, problems, typed),
  )
}
