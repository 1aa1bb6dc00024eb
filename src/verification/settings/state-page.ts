import { fewOnCard } from '../../session/code-card.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, buttonGroup, linkButton, summaryList } from '../../web/parts.ts'
import { lowStock } from '../backup-codes/code.ts'
import type { OwnWay } from '../common/own-way.ts'
import { type TwoStepMessage, wordsFor } from '../common/words.ts'
import { addKeyLinks } from '../passkeys/pages.ts'
import { addresses } from './addresses.ts'
import { waysList } from './ways-list.ts'

interface StatePage {
  /** In words, with its zone. */
  readonly onSince: string
  readonly ways: readonly OwnWay[]
  /** The host that keys work at. */
  readonly here: string | undefined
  readonly timeZone: string
  readonly codesLeft: number
  /** The policy lets people print a card themselves. */
  readonly printsCards: boolean
  /** The policy and the address let people add passkeys and security keys. */
  readonly addsKeys: boolean
  readonly message: TwoStepMessage | undefined
  /** Where codes just made are shown that the person did not say are saved. */
  readonly unsaved: string | undefined
}

const kindOf = (message: TwoStepMessage) => (message === 'codes-gone' ? 'info' : 'success')

/** 2-Step Verification while it is on. */
export function statePage(frame: Frame, given: StatePage): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title },
    html`${given.message !== undefined && alert(kindOf(given.message), words.messages[given.message])}${
      given.unsaved !== undefined &&
      alert('warning', html`${words.unsaved} <a href="${given.unsaved}">${words.seeAgain}</a>`)
    }${
      given.codesLeft <= lowStock && alert('warning', words.low(given.codesLeft))
    }${given.ways.map(way => cardWarning(frame, way, given.printsCards))}<h1>${words.title}</h1>${summaryList(
      [
        {
          key: words.state,
          value: words.onSince(given.onSince),
          action: { href: addresses.turnOff, text: words.turnOff },
        },
        {
          key: words.codesTitle,
          value: words.codesLeft(given.codesLeft),
          action: { href: addresses.newCodes, text: words.newCodes },
        },
      ],
    )}<h2>${words.waysHeading}</h2>${waysList(frame, given.ways, given.timeZone, given.here)}${buttonGroup(
      linkButton(addresses.anotherApp, words.addApp, 'secondary'),
      given.printsCards && linkButton(addresses.card, words.printCard, 'secondary'),
      ...(given.addsKeys ? addKeyLinks(frame, addresses.newKey) : []),
    )}<p class="after-form">${linkButton('/security', words.back, 'secondary')}</p>`,
  )
}

function cardWarning(frame: Frame, { card }: OwnWay, printsCards: boolean): Content {
  if (card === undefined || card.left > fewOnCard) return undefined
  const helpdesk = printsCards ? undefined : frame.site.helpdeskName
  return alert('warning', wordsFor(frame.language).cardFew(card.left, helpdesk))
}

/** Where the policy switches 2-step verification off and the person has none. */
export function notOfferedPage(frame: Frame, message: TwoStepMessage | undefined): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title },
    html`${message !== undefined && alert('success', words.messages[message])}<h1>${words.title}</h1><p>${words.notOffered(
      frame.site.helpdeskName,
    )}</p><p class="after-form">${linkButton('/security', words.back, 'secondary')}</p>`,
  )
}
