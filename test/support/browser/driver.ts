/**
 * One person at one browser, whichever engine draws it: a journey is written once and runs in all of them. Labels and
 * names are what a screen reader says, matched whole.
 */
export interface Driver {
  /** Opens a path of the site under test, or a whole address. */
  open(path: string): Promise<void>
  /** Types into the field with this label, in place of what it holds. */
  fill(label: string, text: string): Promise<void>
  /** Chooses an option, by the words shown, of the list with this label. */
  choose(label: string, option: string): Promise<void>
  isTicked(label: string): Promise<boolean>
  /** Presses the button with this name and waits for the page that answers. */
  press(button: string): Promise<void>
  /** Follows the link with this name and waits for its page. */
  follow(link: string): Promise<void>
  /** Follows a link that opens a tab, and goes on there. */
  followToNewTab(link: string): Promise<void>
  /** Opens or closes the part of the page whose heading has this name, such as a menu. */
  toggle(summary: string): Promise<void>
  /** Words of the page's `h1`. */
  heading(): Promise<string>
  /** All visible words. */
  text(): Promise<string>
  /** What this element of the page holds. */
  textOf(selector: string): Promise<string>
  path(): Promise<string>
  /** Waits for a page whose address begins with this, to which the page before leads on its own. */
  arrive(address: string): Promise<void>
  /** Width of the window's inside, and of what lies in it, in CSS pixels. */
  widths(): Promise<{ readonly window: number; readonly content: number }>
  /** The window as a PNG. */
  screenshot(): Promise<Uint8Array>
}

/** How a person has set their browser. */
export interface Liking {
  /** Off: the scripts of pages do not run. */
  readonly scripts?: boolean
}

/** Inside of the window in CSS pixels. */
export interface WindowSize {
  readonly width: number
  readonly height: number
}

export const engineNames = ['chromium', 'firefox', 'webkit'] as const
export type EngineName = (typeof engineNames)[number]
