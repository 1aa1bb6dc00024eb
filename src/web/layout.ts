import { assets } from './assets.ts'
import { doorway } from './doorway.ts'
import type { Frame, Site, Theme } from './frame.ts'
import { type Content, type Html, html, raw } from './html.ts'
import { mark } from './mark.ts'
import { alert } from './parts/messages.ts'
import { zoneInWords } from './time.ts'
import { version } from './version.ts'
import { type WebWords, wordsFor } from './words.ts'

interface PageOptions {
  /** The page's name, as in its `h1`; the document's title adds " – Lintel". */
  readonly title: string
  /** A form was refused: the title begins with "Error:" (WCAG 2.4.2, 3.3.1). */
  readonly refused?: boolean | undefined
  /** `door`: one narrow column, before the inside; `inside`: bar and 46 rem; `console`: bar, side list and 80 rem. */
  readonly kind?: 'door' | 'inside' | 'console' | undefined
}

/** A whole document. Nothing in it is inline: styles and scripts are files (CSP, ASVS V3.4.3). */
export function page(frame: Frame, options: PageOptions, body: Html): Html {
  const words = wordsFor(frame.language)
  const kind = options.kind ?? 'inside'
  const title = options.refused ? words.refusedTitle(options.title) : options.title
  return html`<!DOCTYPE html>
<html lang="${frame.language}" data-theme="${frame.theme}">
<head>
<meta charset="utf-8">
<title>${title} – ${words.product}</title>
${head(frame.theme)}${frame.site.styles && html`\n<link rel="stylesheet" href="${frame.site.styles}">`}
</head>
<body class="${kind}">
<a class="usa-skipnav" href="#main">${words.skipToContent}</a>
${frame.site.banner && html`<aside class="site-banner" aria-label="${words.siteNotice}">${frame.site.banner}</aside>`}
${kind === 'door' ? doorHeader(frame, words) : barHeader(frame, words)}
${kind === 'console' ? consoleBody(frame, words, body) : html`<main id="main" tabindex="-1">${progressOf(frame, words)}${noticeOf(frame)}${body}</main>`}
${kind === 'door' && doorway}${footer(frame, words, kind)}
</body>
</html>
`
}

const paper = { light: '#fbf9f5', dark: '#131a1e', contrast: '#ffffff' } as const

const heads = new Map<Theme, Html>()

/** The part of the head that only depends on the theme; made once. */
function head(theme: Theme): Html {
  const known = heads.get(theme)
  if (known) return known
  const made = raw(
    [
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      ...colorMeta(theme),
      ...['regular', 'semibold'].map(
        weight =>
          `<link rel="preload" href="${assets.path(`public-sans-${weight}.woff2`)}" as="font" type="font/woff2" crossorigin>`,
      ),
      `<link rel="stylesheet" href="${assets.path('lintel.css')}">`,
      `<link rel="icon" href="${assets.path('favicon.svg')}" type="image/svg+xml">`,
      `<script type="module" src="${assets.path('lintel.js')}"></script>`,
    ].join('\n'),
  )
  heads.set(theme, made)
  return made
}

/** The browser's own colors follow the theme before the style sheet is there: no flash. */
function colorMeta(theme: Theme): readonly string[] {
  if (theme === 'light' || theme === 'dark') {
    return [
      `<meta name="color-scheme" content="${theme}">`,
      `<meta name="theme-color" content="${paper[theme]}">`,
    ]
  }
  const [light, dark] = theme === 'contrast' ? [paper.contrast, '#000000'] : [paper.light, paper.dark]
  return [
    '<meta name="color-scheme" content="light dark">',
    `<meta name="theme-color" content="${light}" media="(prefers-color-scheme: light)">`,
    `<meta name="theme-color" content="${dark}" media="(prefers-color-scheme: dark)">`,
  ]
}

/** An agency's logo stands for its name; without one our mark stands beside it. */
const brand = ({ name, logo }: Site, words: WebWords): Html =>
  html`<a class="brand" href="/" aria-label="${words.startPage(name)}">${
    logo === undefined
      ? html`${mark}<span>${name}</span>`
      : html`<img class="logo" src="${logo}" alt="${name}">`
  }</a>`

/** On top, where who cannot read the page finds it. */
const languageLinks = ({ otherLanguages = [] }: Frame): Content =>
  otherLanguages.length > 0 &&
  html`<ul class="languages">${otherLanguages.map(
    ({ tag, name, href }) => html`<li><a href="${href}" lang="${tag}" hreflang="${tag}">${name}</a></li>`,
  )}</ul>`

function doorHeader(frame: Frame, words: WebWords): Html {
  return html`<header class="door-head">${brand(frame.site, words)}${languageLinks(frame)}${frame.menu && html`<div class="door-menu">${frame.menu}</div>`}</header>`
}

function barHeader(frame: Frame, words: WebWords): Html {
  return html`<header class="bar"><div class="bar-in">${brand(frame.site, words)}${frame.place && html`<p class="place">${frame.place}</p>`}${frame.search}${languageLinks(frame)}${
    frame.menu && html`<div class="bar-menu">${frame.menu}</div>`
  }</div></header>`
}

function consoleBody(frame: Frame, words: WebWords, body: Html): Html {
  return html`<div class="console-in">${
    frame.side &&
    html`<nav class="side" aria-label="${words.consoleMenu}"><details class="side-menu" data-menu><summary>${words.menu}</summary>${frame.side}</details></nav>`
  }<main id="main" tabindex="-1">${noticeOf(frame)}${body}</main></div>`
}

/** The words for everyone; the bar beside them is for the eye. */
const progressOf = ({ progress }: Frame, words: WebWords): Content =>
  progress !== undefined &&
  html`<div class="progress"><p>${words.progress(progress.step, progress.of)}</p><div class="progress-bar" aria-hidden="true">${Array.from(
    { length: progress.of },
    (_, index) => html`<span${index < progress.step && html` class="is-done"`}></span>`,
  )}</div></div>`

const noticeOf = ({ notice }: Frame) => notice !== undefined && alert('info', notice)

function footer({ site, clock, language }: Frame, words: WebWords, kind: PageOptions['kind']): Html {
  return html`<footer class="foot"><div class="foot-in"><p><strong>${words.help}</strong> ${words.callOrWrite(site.helpdeskName)}</p><ul>${
    site.helpdeskPhone &&
    html`<li><a class="nobr" href="tel:${site.helpdeskPhone.replace(/[^+\d]/g, '')}">${site.helpdeskPhone}</a></li>`
  }${site.helpdeskEmail && html`<li><a href="mailto:${site.helpdeskEmail}">${site.helpdeskEmail}</a></li>`}</ul><ul><li><a href="/privacy">${words.privacy}</a></li><li><a href="/accessibility">${words.accessibility}</a></li></ul>${kind !== 'door' && html`<p>${words.zone(zoneInWords(clock.timeZone, language))}</p>`}${kind === 'console' && html`<p>Lintel ${version}</p>`}</div></footer>`
}
