import { raw } from './html.ts'

/** A doorway at night with the light on: for the eye alone, in the colors of the theme. */
export const doorway = raw(
  '<svg class="doorway" viewBox="0 0 120 96" width="120" height="96" aria-hidden="true" focusable="false"><path class="doorway-light" d="M44 24h32v62h28l14 10H2l14-10h28z"/><path d="M30 14h60v10H30zM36 24v62M84 24v62M44 24v62M76 24v62M16 86h88M76 30l-18 6v56l18-6M62 62v4"/></svg>',
)
