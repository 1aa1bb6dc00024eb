import type { Fault } from '../../audit/verify.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Audit',
  intro: 'Everything that Lintel recorded, the newest first. It can be added to, never changed.',
  introOwn: 'Everything that Lintel recorded of what you did, the newest first.',
  person: 'Person',
  personHint: 'Username of the person that it was done to.',
  agent: 'Done by',
  agentHint: 'Username of who did it; or: system, anonymous.',
  event: 'Event',
  anyEvent: 'Any',
  from: 'From day',
  to: 'To day',
  find: 'Find',
  problems: {
    person: 'Nobody has this username. Check how it is written.',
    agent: 'Nobody has this username. Check how it is written, or type system or anonymous.',
    from: 'Enter a first day such as 2027-03-01.',
    to: 'Enter a last day such as 2027-03-31.',
  },
  caption: 'Records',
  columns: ['When', 'What', 'By', 'Person', 'Address'],
  nothing: 'Nothing was recorded that fits. Take a filter away, or choose other days.',
  system: 'Lintel',
  anonymous: 'Not signed in',
  operator: (name: string) => `Operator ${name}, on the command line`,
  reason: (text: string) => `Reason: ${text}`,
  details: 'Record',
  detailKeys: { event: 'Event', facts: 'Facts', id: 'Record', place: 'Chain, place', request: 'Request' },
  place: (chain: string, position: number) => `${chain}, ${position}`,
  download: 'Export these records',
  verify: 'Is the log whole?',
  verifyIntro:
    'Each record is sealed together with the one before it. The check follows every record and finds the first that was changed, moved or taken out.',
  verifyPress: 'Verify now',
  verifyTitle: 'Is the log whole?',
  back: 'Back to Audit',
  never: 'It was not checked from the console yet.',
  running: (checked: string, of: string) => `The check is under way: ${checked} of ${of} records.`,
  runningHeading: 'Checking',
  stopped: (checked: string) =>
    `The check stopped after ${checked} records, because the process that ran it ended. Start it again.`,
  stoppedHeading: 'Not finished',
  whole: (records: string, chains: string, when: string) =>
    `All ${records} records in ${chains} chains are as they were written. Checked until ${when}.`,
  wholeHeading: 'The audit log is whole',
  broken: (place: string, chain: string, fault: string, when: string) =>
    `Record ${place} of chain ${chain} ${fault}. Checked until ${when}.`,
  brokenHeading: 'The audit log is broken',
  brokenNext:
    'Keep the store as it is, make a copy of it, and tell the operator. "lintel audit verify" on the server says the same.',
  faults: {
    changed: 'was changed, or another record was put in its place',
    missing: 'is missing',
    'unknown-key': 'was signed with a key that the secret file does not hold',
    'tail-cut': 'and what followed it were cut off',
  } satisfies Record<Fault, string>,
  number: (value: number) => new Intl.NumberFormat('en-US').format(value),
}

export type AuditWords = typeof en

export const wordsFor = vocabulary<AuditWords>({ en })
