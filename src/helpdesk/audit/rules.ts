import { type EventName, events } from '../../audit/events.ts'
import type { RecordPosition } from '../../audit/records.ts'
import { dayAfter, momentOf } from '../../web/moment.ts'

/** What records are looked for by, as it was asked. */
export interface AuditSearch {
  /** Username or id of the account that it was done to. */
  readonly person: string
  /** Username or id of who did it, or one of the names that the log has for others. */
  readonly agent: string
  readonly event: EventName | undefined
  /** Days such as `2026-03-01`, both included. */
  readonly from: string
  readonly to: string
  readonly cursor: (RecordPosition & { readonly direction: 'older' | 'newer' }) | undefined
}

/** The part of a search that says which records are meant. */
export type AuditQuestion = Omit<AuditSearch, 'cursor'>

export const eventNames: readonly EventName[] = Object.values(events).flat()

const longestName = 256

/** Reads what was asked for; an event that is none of ours does not limit. */
export function readSearch(query: (name: string) => string | undefined): AuditSearch {
  const text = (name: string) => (query(name) ?? '').trim().slice(0, longestName)
  const [older, newer] = [query('older'), query('newer')]
  const position = positionOf(older ?? newer)
  return {
    person: text('person'),
    agent: text('agent'),
    event: eventNames.find(name => name === query('event')),
    from: text('from'),
    to: text('to'),
    cursor: position && { ...position, direction: older === undefined ? 'newer' : 'older' },
  }
}

function positionOf(text: string | undefined): RecordPosition | undefined {
  const [, at, id] = /^(\d{1,15})-([0-9a-f-]{36})$/.exec(text ?? '') ?? []
  return at === undefined || id === undefined ? undefined : { at: Number(at), id }
}

/** The filter as names and values of an address or a form; what does not limit is left out. */
export function pairsOf(question: AuditQuestion): readonly (readonly [string, string])[] {
  const { person, agent, event = '', from, to } = question
  return Object.entries({ person, agent, event, from, to }).filter(([, value]) => value !== '')
}

/** The address of a question, on the page at `path`. */
export function addressOf(path: string, question: AuditQuestion, cursor?: AuditSearch['cursor']): string {
  const query = new URLSearchParams(pairsOf(question).map(pair => [...pair]))
  if (cursor !== undefined) query.set(cursor.direction, `${cursor.at}-${cursor.id}`)
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The moments of a search's days in a zone; the names of the fields that are no day. */
export function readDays(
  { from, to }: Pick<AuditQuestion, 'from' | 'to'>,
  timeZone: string,
): { readonly from?: number; readonly before?: number; readonly wrong: readonly ('from' | 'to')[] } {
  const first = momentOf(from, '00:00', timeZone)
  const last = momentOf(dayAfter(to), '00:00', timeZone)
  return {
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { before: last }),
    wrong: [
      ...(from !== '' && first === undefined ? (['from'] as const) : []),
      ...(to !== '' && last === undefined ? (['to'] as const) : []),
    ],
  }
}

const others: readonly string[] = ['system', 'anonymous']

/** Tells whether the log has this name for someone who is no account. */
export const isNoAccount = (actor: string): boolean => others.includes(actor) || actor.startsWith('operator:')
