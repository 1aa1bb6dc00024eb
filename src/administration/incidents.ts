import { takeoverKind } from '../account/incidents.ts'
import type { IncidentKind } from '../store/schema.ts'

/** What an agent may have a hand in is for administrators to close. */
export const administratorsClose: readonly IncidentKind[] = [
  takeoverKind,
  'agent-limit',
  'old-address-not-told',
  'key-copied',
  'last-administrator',
]
