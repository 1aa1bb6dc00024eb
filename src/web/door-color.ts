import { contrast } from './contrast.ts'
import { type TokenName, type Tokens, tokens } from './tokens.ts'

/** What an agency's door color replaces in a theme. */
type DoorTokens = Pick<Tokens, 'door' | 'door-text' | 'door-deep' | 'link'>

type Theme = 'light' | 'dark'

/** Text needs this contrast (WCAG 2.2, 1.4.3). */
const needed = 4.5
/** Parts of a whole in which a color is moved towards black or white. */
const steps = 32
/** How far the color under the pointer lies from the color at rest. */
const deeper = 9

const grounds = [
  'paper',
  'raise',
  'wash',
  'info-wash',
  'success-wash',
  'warning-wash',
  'error-wash',
] as const satisfies readonly TokenName[]

/** A mixture of two colors `#rrggbb`; `share` of the second one, in steps of 32. */
function mix(one: string, other: string, share: number): string {
  const channel = (from: number) => {
    const [first, second] = [one, other].map(color => Number.parseInt(color.slice(from, from + 2), 16))
    const value = ((first ?? 0) * (steps - share) + (second ?? 0) * share) / steps
    return Math.round(value).toString(16).padStart(2, '0')
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`
}

const lightDoor = (color: string): DoorTokens => ({
  door: color,
  'door-text': tokens.light['door-text'],
  'door-deep': mix(color, '#000000', deeper),
  link: color,
})

/** On dark paper the same hue is as much lighter as it must be to be read. */
function darkDoor(color: string): DoorTokens {
  const tints = Array.from({ length: steps + 1 }, (_, share) => mix(color, '#ffffff', share))
  const least = (tint: string) => Math.min(...grounds.map(ground => contrast(tint, tokens.dark[ground])))
  const door = tints.find(tint => least(tint) >= needed) ?? '#ffffff'
  return {
    door,
    'door-text': tokens.dark['door-text'],
    'door-deep': mix(door, '#ffffff', deeper),
    link: door,
  }
}

/** The colors that come of a door color `#rrggbb`, in the two themes that it is shown in. */
export const doorTokens = (color: string): Readonly<Record<Theme, DoorTokens>> => ({
  light: lightDoor(color),
  dark: darkDoor(color),
})

/** Two colors that cannot be told apart well enough; ratios are 1 to 21. */
interface DoorFault {
  readonly theme: Theme
  /** Text that would be hard to read: the words on a button, or a link on the page. */
  readonly what: 'button' | 'link'
  readonly found: number
  readonly needed: number
}

/** The pair with the least contrast, when that is less than AA asks for (WCAG 2.2, 1.4.3); undefined: all can be read. */
export function doorFault(color: string): DoorFault | undefined {
  const themes = doorTokens(color)
  const measured = (['light', 'dark'] as const).flatMap(theme => {
    const own = themes[theme]
    const pair = (what: DoorFault['what'], one: string, other: string): DoorFault => ({
      theme,
      what,
      found: contrast(one, other),
      needed,
    })
    return [
      pair('button', own['door-text'], own.door),
      pair('button', own['door-text'], own['door-deep']),
      ...grounds.flatMap(ground => [
        pair('link', own.link, tokens[theme][ground]),
        pair('link', own['door-deep'], tokens[theme][ground]),
      ]),
    ]
  })
  return measured.filter(({ found }) => found < needed).sort((one, other) => one.found - other.found)[0]
}

const declarations = (own: DoorTokens): string =>
  Object.entries(own)
    .map(([name, color]) => `--${name}:${color}`)
    .join(';')

/** The style sheet of a door color. The themes of high contrast keep their own colors. */
export function doorSheet(color: string): string {
  const { light, dark } = doorTokens(color)
  const [bright, dim] = [declarations(light), declarations(dark)]
  return [
    `[data-theme="light"]{${bright}}`,
    `[data-theme="dark"]{${dim}}`,
    `@media not (prefers-contrast: more){[data-theme="system"]{${bright}}}`,
    `@media (prefers-color-scheme: dark) and (not (prefers-contrast: more)){[data-theme="system"]{${dim}}}`,
    '',
  ].join('\n')
}
