import { raw } from './html.ts'

/** The mark: one beam on two posts; the space below it is the door. Drawn on a grid of 16, in one color. */
export const mark = raw(
  '<svg class="mark" viewBox="0 0 16 16" width="32" height="32" aria-hidden="true" focusable="false"><path d="M2 3h12v3h-1v7h-2V6H5v7H3V6H2z"/></svg>',
)
