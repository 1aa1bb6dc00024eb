/**
 * What an eye stumbles over: blocks that stand closer than the rhythm of the page, text that a rule runs through, more than
 * one button that asks to be the first. Runs inside the browser, at the window's present width.
 */
export function findInRhythm(): string[] {
  const findings: string[] = []
  const at = `at ${window.innerWidth} px`
  const name = (element: Element) => element.outerHTML.replace(/>.*/s, '>').slice(0, 120)
  const isSeen = (element: Element) => {
    const box = element.getBoundingClientRect()
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1
  }

  const places = 'main, .user-menu__panel'
  const inner = '.usa-form-group, .usa-fieldset, .usa-alert, .user-menu__panel, .card, .rules, .summary-row'
  /** Lines that belong together: their line height keeps them apart. */
  const lists =
    'ul, ol, dl, table, thead, tbody, tr, svg, select, summary, p, label, figure, address, .usa-alert__body, .usa-radio, .usa-checkbox, .password-row, .summary-action, .card div'

  const isEdge = (style: CSSStyleDeclaration, side: 'Top' | 'Bottom') =>
    (Number.parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== 'none') ||
    !/^(?:rgba\(0, 0, 0, 0\)|transparent)$/.test(style.backgroundColor)

  const flows = (element: Element) => {
    const { display, position, float } = getComputedStyle(element)
    return (
      !display.startsWith('inline') &&
      display !== 'contents' &&
      float === 'none' &&
      /^(?:static|relative)$/.test(position)
    )
  }

  /** Where the eye sees a block begin or end: its own edge, or that of what is in it. */
  const edge = (element: Element, side: 'Top' | 'Bottom'): number => {
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    const own = side === 'Top' ? box.top : box.bottom
    if (isEdge(style, side) || element.matches('input, select, textarea, button, svg, img')) return own
    const blocks = [...element.children].filter(child => isSeen(child) && flows(child))
    const padding = Number.parseFloat(style[`padding${side}`]) * (side === 'Top' ? 1 : -1)
    if (blocks.length === 0 || display(element) === 'grid') return own + padding
    const edges = blocks.map(child => edge(child, side))
    return side === 'Top' ? Math.min(...edges) : Math.max(...edges)
  }
  const display = (element: Element) => getComputedStyle(element).display.replace('inline-', '')

  for (const parent of document.querySelectorAll(
    `${places}, :is(${places}) *:not(:is(${lists}), :is(svg, select, summary) *)`,
  )) {
    if (!isSeen(parent)) continue
    const least = parent.closest(inner) ? 4 : 8
    const blocks = [...parent.children].filter(child => isSeen(child) && flows(child))
    for (const [index, block] of blocks.entries()) {
      const before = blocks[index - 1]
      if (before === undefined) continue
      const [one, other] = [before.getBoundingClientRect(), block.getBoundingClientRect()]
      if (other.top < one.bottom - 1 || other.left >= one.right || one.left >= other.right) continue
      const gap = edge(block, 'Top') - edge(before, 'Bottom')
      if (gap < least - 0.5)
        findings.push(`${Math.round(gap)} px between ${name(before)} and ${name(block)} ${at}`)
    }
  }

  const rules = [...document.querySelectorAll('main *, .user-menu__panel *')].flatMap(element => {
    if (!isSeen(element)) return []
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    const isBlock = !style.display.startsWith('inline')
    const lines = isBlock ? (['Top', 'Bottom'] as const) : []
    return lines
      .filter(side => Number.parseFloat(style[`border${side}Width`]) >= 1)
      .map(side => ({ y: side === 'Top' ? box.top : box.bottom, box, element }))
  })
  const words = document.createTreeWalker(
    document.querySelector('main') ?? document.body,
    NodeFilter.SHOW_TEXT,
  )
  const range = document.createRange()
  while (words.nextNode()) {
    const { currentNode: node } = words
    const holder = node.parentElement
    if (holder === null || !/\S/.test(node.textContent ?? '') || !isSeen(holder)) continue
    range.selectNodeContents(node)
    for (const line of range.getClientRects()) {
      const crossed = rules.find(
        ({ y, box, element }) =>
          // What an open menu covers is not crossed by its rules.
          element.closest('.user-menu__panel') === holder.closest('.user-menu__panel') &&
          y > line.top + 3 &&
          y < line.bottom - 3 &&
          line.left < box.right &&
          line.right > box.left,
      )
      if (crossed)
        findings.push(
          `a rule of ${name(crossed.element)} runs through "${node.textContent?.trim().slice(0, 40)}" ${at}`,
        )
    }
  }
  for (const cell of document.querySelectorAll('.usa-table--stacked td'))
    if (
      isSeen(cell) &&
      getComputedStyle(cell).display !== 'table-cell' &&
      cell.scrollHeight > cell.clientHeight + 1
    )
      findings.push(`a label runs out of its cell: ${name(cell)} ${at}`)

  const first = [...document.querySelectorAll('main .usa-button')].filter(
    button =>
      isSeen(button) &&
      !button.matches('.usa-button--outline, .usa-button--unstyled, .usa-button--secondary, dialog *'),
  )
  if (first.length > 1)
    findings.push(`${first.length} primary buttons: ${first.map(button => button.textContent).join(', ')}`)
  return findings
}

/** Tells what of the user settings menu is out of sight when it is opened. Runs inside the browser. */
export function findInMenu(): string[] {
  const menu = document.querySelector<HTMLDetailsElement>('.user-menu')
  if (menu === null) return []
  const wasOpen = menu.open
  menu.open = true
  const panel = menu.querySelector('.user-menu__panel')
  const links = [...(panel?.querySelectorAll('a, button') ?? [])]
  const bottom = panel?.getBoundingClientRect().bottom ?? 0
  const last = links.at(-1)
  const findings = [
    ...(bottom > window.innerHeight
      ? [`the menu ends at ${Math.round(bottom)} px of ${window.innerHeight}, at ${window.innerWidth} px`]
      : []),
    ...(last?.getAttribute('href') === '/security' ? [] : ['the menu does not end with Security Settings']),
  ]
  menu.open = wasOpen
  return findings
}
