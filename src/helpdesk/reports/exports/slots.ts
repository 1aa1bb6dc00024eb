import type { Refusal } from '../../../refusals.ts'

/** Exports that one process sends at once: each holds a reader and reads the store while others sign in. */
const mostAtOnce = 4

/** Gives back the place of an export that has ended; more than once does nothing. */
export type Release = () => void

export interface ExportSlots {
  /** A place for an export of this agent, or why there is none now: one of their own is under way, or several of others. */
  take(
    agentId: string,
  ):
    | { readonly ok: true; readonly release: Release }
    | { readonly ok: false; readonly refusal: Refusal<'helpdesk.export-under-way' | 'helpdesk.exports-busy'> }
}

export function createExportSlots(): ExportSlots {
  const held = new Set<string>()
  return {
    take(agentId) {
      if (held.has(agentId)) return { ok: false, refusal: { code: 'helpdesk.export-under-way' } }
      if (held.size >= mostAtOnce) return { ok: false, refusal: { code: 'helpdesk.exports-busy' } }
      held.add(agentId)
      let isHeld = true
      const release = () => {
        if (isHeld) held.delete(agentId)
        isHeld = false
      }
      return { ok: true, release }
    },
  }
}
