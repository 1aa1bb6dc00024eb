/**
 * Problems in the page that the browser shows. Runs inside the browser, so it uses nothing from outside itself.
 * Targets: at least 24 by 24 CSS pixels (WCAG 2.2, 2.5.8), except links within a sentence.
 */
export function findInPage(): string[] {
  const findings: string[] = []
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
  const name = (element: Element) => element.outerHTML.replace(/>.*/s, '>').slice(0, 160)

  const headings = all('h1')
  if (headings.length !== 1) findings.push(`one h1 is needed, found ${headings.length}`)
  if (!/\S – Lintel$/.test(document.title))
    findings.push(`title "${document.title}" does not end with "– Lintel"`)

  const ids = all('[id]').map(element => element.id)
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at)))
    findings.push(`id "${id}" is not unique`)

  const references = [
    ...[
      'labelledby',
      'describedby',
      'controls',
      'owns',
      'activedescendant',
      'errormessage',
      'details',
      'flowto',
    ].map(property => `aria-${property}`),
    'for',
    'form',
    'headers',
    'list',
    'popovertarget',
    'commandfor',
  ]
  for (const attribute of references) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of (element.getAttribute(attribute) ?? '').split(/\s+/)) {
        if (!ids.includes(id)) findings.push(`${attribute}="${id}" leads nowhere: ${name(element)}`)
      }
    }
  }
  for (const link of all('a[href^="#"]')) {
    const id = decodeURIComponent(link.getAttribute('href')?.slice(1) ?? '')
    if (!ids.includes(id)) findings.push(`link "#${id}" leads nowhere: ${name(link)}`)
  }

  for (const script of all('script:not([src])')) findings.push(`inline script: ${name(script)}`)
  for (const style of all('style')) findings.push(`inline style: ${name(style)}`)
  for (const element of all('*')) {
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || /^\s*javascript:/i.test(value))
        findings.push(`inline script: ${name(element)}`)
    }
  }

  const withoutAutocomplete = [
    'hidden',
    'checkbox',
    'radio',
    'submit',
    'button',
    'reset',
    'image',
    'file',
    'range',
    'color',
  ]
  for (const input of all('input') as HTMLInputElement[]) {
    if (!withoutAutocomplete.includes(input.type) && !input.hasAttribute('autocomplete')) {
      findings.push(`no autocomplete: ${name(input)}`)
    }
  }
  const bySign = /^(?:username|current-password|new-password|one-time-code)$/
  for (const input of all('input:not([type=hidden], [hidden])') as HTMLInputElement[]) {
    const isBySign = bySign.test(input.autocomplete) || /^(?:answer|backup|code|username)$/.test(input.name)
    const { autocorrect, autocapitalize, spellcheck } = {
      autocorrect: input.getAttribute('autocorrect'),
      autocapitalize: input.getAttribute('autocapitalize'),
      spellcheck: input.getAttribute('spellcheck'),
    }
    const isLeft = autocorrect === 'off' && /^(?:none|characters)$/.test(autocapitalize ?? '')
    if (isBySign && !(isLeft && spellcheck === 'false'))
      findings.push(`a phone may correct what counts sign by sign: ${name(input)}`)
  }
  for (const form of all('form')) {
    const takesPassword = form.querySelector('input[autocomplete$="-password"]') !== null
    if (takesPassword && form.querySelector('input[autocomplete=username]') === null)
      findings.push(`a password manager cannot tell whose password this is: ${name(form)}`)
  }
  return findings
}

/** Targets too small and content too wide at the window's present width. Runs inside the browser. */
export function findInLayout(): string[] {
  const findings: string[] = []
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
  const name = (element: Element) => element.outerHTML.replace(/>.*/s, '>').slice(0, 160)

  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth > width) {
    const wide = all('body *').filter(element => element.getBoundingClientRect().right > width + 0.5)
    findings.push(`scrolls sideways at ${window.innerWidth} px: ${wide.slice(0, 3).map(name).join(' ')}`)
  }

  const inSentence = (element: HTMLElement) =>
    getComputedStyle(element).display === 'inline' &&
    [...(element.parentElement?.childNodes ?? [])].some(
      node => node.nodeType === Node.TEXT_NODE && /\w/.test(node.textContent ?? ''),
    )
  const isOnPage = (element: HTMLElement) => {
    const box = element.getBoundingClientRect()
    if (!element.checkVisibility({ visibilityProperty: true }) || (box.width <= 1 && box.height <= 1))
      return false
    return box.right + scrollX > 0 && box.bottom + scrollY > 0
  }
  const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]'
  for (const element of all(targets)) {
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
    const boxes = [element, ...labels].filter(isOnPage).map(one => one.getBoundingClientRect())
    if (boxes.length === 0 || inSentence(element)) continue
    const roomy = boxes.some(box => box.width >= 23.9 && box.height >= 23.9)
    const [box] = boxes
    if (!roomy && box) {
      findings.push(
        `target of ${Math.round(box.width)} by ${Math.round(box.height)} px at ${window.innerWidth} px: ${name(element)}`,
      )
    }
  }
  return findings
}

/**
 * Words cut off or pushed out to the side, save at a desk by a table, whose rows need their width (WCAG 1.4.10). Runs inside the
 * browser, at enlarged or widely set text.
 */
export function findClipped(): string[] {
  const findings: string[] = []
  const name = (element: Element) => element.outerHTML.replace(/>.*/s, '>').slice(0, 160)
  const size = `${window.innerWidth} px with text at ${getComputedStyle(document.documentElement).fontSize}`
  const root = document.documentElement
  const isNarrow = root.clientWidth < 640
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter(
      element =>
        element.checkVisibility() &&
        element.getBoundingClientRect().right > root.clientWidth + 0.5 &&
        (isNarrow || !element.closest('table')),
    )
    if (wide.length > 0) findings.push(`scrolls sideways at ${size}: ${wide.slice(0, 3).map(name).join(' ')}`)
  }
  for (const element of document.querySelectorAll<HTMLElement>('main *, header *, footer *')) {
    const { overflowX, overflowY, clipPath } = getComputedStyle(element)
    const cuts = [overflowX, overflowY].some(value => value === 'hidden' || value === 'clip')
    const isForReaders = clipPath !== 'none' || element.clientWidth <= 1
    const isCut =
      element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1
    const scrolls = element.matches('input, select, textarea')
    if (cuts && isCut && !scrolls && !isForReaders && element.checkVisibility())
      findings.push(`cuts words off at ${size}: ${name(element)}`)
  }
  return findings
}

/** Controls that only a background gave their shape, which forced colors take away. Runs inside the browser. */
export function findShapeless(): string[] {
  const findings: string[] = []
  const controls = 'button, .usa-button, input:not([type=hidden]), select, textarea'
  for (const control of document.querySelectorAll<HTMLElement>(controls)) {
    if (!control.checkVisibility({ visibilityProperty: true })) continue
    const { borderTopStyle, borderTopWidth, textDecorationLine } = getComputedStyle(control)
    const isOwn = control instanceof HTMLInputElement && /^(checkbox|radio|file)$/.test(control.type)
    const hasEdge = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) >= 1
    if (!isOwn && !hasEdge && !textDecorationLine.includes('underline'))
      findings.push(`has no shape in forced colors: ${control.outerHTML.slice(0, 160)}`)
  }
  return findings
}

/**
 * Problems with the control that has the focus; `isEnd` once every control had it. The walk may begin in the middle,
 * at an error summary, and go on from the top. Runs inside the browser.
 */
export function findFocus(): { readonly found: string[]; readonly isEnd: boolean } {
  const mark = 'data-tabbed'
  const now = document.activeElement
  if (now instanceof HTMLElement && now === document.body) return { found: [], isEnd: false }
  if (!(now instanceof HTMLElement) || now.hasAttribute(mark)) {
    for (const one of document.querySelectorAll(`[${mark}]`)) one.removeAttribute(mark)
    return { found: [], isEnd: true }
  }
  const found: string[] = []
  const name = now.outerHTML.replace(/>.*/s, '>').slice(0, 160)
  const before = document.querySelector(`[${mark}=last]`)
  const isFirst = document.querySelector('a[href], button, input, select, textarea, summary') === now
  if (!isFirst && before && !(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING))
    found.push(`is reached by Tab out of order: ${name}`)
  before?.setAttribute(mark, '')
  now.setAttribute(mark, 'last')
  const { outlineStyle, outlineWidth } = getComputedStyle(now)
  if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2)
    found.push(`shows no focus ring: ${name}`)
  const box = now.getBoundingClientRect()
  const across = [box.left + 2, (box.left + box.right) / 2, box.right - 2]
  const down = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2]
  const isSeen = across.some(x =>
    down.some(y => {
      const top = document.elementFromPoint(x, y)
      return top !== null && (now.contains(top) || top.contains(now))
    }),
  )
  if (!isSeen) found.push(`is covered or out of sight when focused: ${name}`)
  return { found, isEnd: false }
}
