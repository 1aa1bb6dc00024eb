import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { type RowAction, summaryList } from '../../web/parts.ts'
import { momentInWords } from '../../web/time.ts'
import { isElsewhere, type OwnWay } from '../common/own-way.ts'
import { wayTitle } from '../common/pages.ts'
import { wordsFor } from '../common/words.ts'
import { keepers } from '../ways.ts'
import { addresses } from './addresses.ts'

/** A person's ways, each a row with its own buttons. `timeZone`: IANA; `here`: the host that keys work at. */
export function waysList(
  frame: Frame,
  ways: readonly OwnWay[],
  timeZone: string,
  here: string | undefined,
): Html {
  const words = wordsFor(frame.language)
  const inWords = (at: number) => momentInWords(at, timeZone, frame.language)
  return summaryList(
    ways.map(way => {
      const title = wayTitle(way, words)
      const facts = [
        way.name !== null && (way.synced ? words.synced : words.kinds[way.kind]),
        isElsewhere(way, here) && words.elsewhere,
        way.card && words.cardLeft(way.card.left),
        words.addedOn(inWords(way.addedAt)),
        way.lastUsedAt === null ? words.neverUsed : words.lastUsed(inWords(way.lastUsedAt)),
      ]
      return { key: title, value: lines(facts), action: actionsOf(way, title) }
    }),
  )

  function actionsOf(way: OwnWay, about: string): readonly RowAction[] {
    return [
      ...(keepers[way.kind].rename ? [{ href: addresses.rename(way.id), text: words.rename, about }] : []),
      ...(way.kind === 'app' ? [{ href: addresses.replace(way.id), text: words.replace, about }] : []),
      { href: addresses.remove(way.id), text: words.remove, about },
    ]
  }
}

const lines = (facts: readonly Content[]): Content =>
  facts.filter(Boolean).map((fact, index) => html`${index > 0 && html`<br>`}${fact}`)
