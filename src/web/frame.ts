import type { Html } from './html.ts'
import type { Clock } from './time.ts'

export type Theme = 'system' | 'light' | 'dark' | 'contrast'

/** The agency's details on every page: policy values. */
export interface Site {
  readonly name: string
  readonly helpdeskName: string
  readonly helpdeskEmail: string
  readonly helpdeskPhone: string
  /** Text of the colored "Training site" banner; empty: none. */
  readonly banner: string
  /** Address of the style sheet with the agency's door color; absent: ours. */
  readonly styles?: string | undefined
  /** Address of the agency's logo; absent: our mark and the name. */
  readonly logo?: string | undefined
}

/** The parts that the layout needs of one request. */
export interface Frame {
  readonly site: Site
  /** BCP 47 tag of the page's language. */
  readonly language: string
  readonly theme: Theme
  /** For the times on the page; the foot of a page inside names the zone. */
  readonly clock: Clock
  /** Where this page can be had in other languages; absent where that is not offered. */
  readonly otherLanguages?: readonly { readonly tag: string; readonly name: string; readonly href: string }[]
  /** Value of the hidden `csrf` field of every form on the page. */
  readonly csrf: string
  /** The user settings menu of a full session, or the lone Sign Out of a step page; absent for strangers. */
  readonly menu?: Html
  /** "organization · workgroup", quiet text in the top bar. */
  readonly place?: string
  /** How far a sign-in of several steps is. */
  readonly progress?: { readonly step: number; readonly of: number } | undefined
  /** Said above the page, whatever page it is. */
  readonly notice?: string
  /** The console's search, in the bar; absent elsewhere. */
  readonly search?: Html
  /** Side list of the console; absent elsewhere. */
  readonly side?: Html
}
