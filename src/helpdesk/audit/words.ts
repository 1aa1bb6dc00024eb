import type { Fault } from '../../audit/verify.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Audit',
  intro: 'Everything that Lintel recorded, newest first. Records can be added, never changed.',
  introOwn: 'Everything that you did, newest first.',
  person: 'Person',
  personHint: 'Username of the person it was done to.',
  agent: 'Done by',
  agentHint: 'Username of the person who did it, or: system, anonymous.',
  event: 'Event',
  anyEvent: 'Any',
  from: 'From',
  to: 'To',
  find: 'Find',
  problems: {
    person: 'Nobody has this username. Check the spelling.',
    agent: 'Nobody has this username. Check the spelling, or enter system or anonymous.',
    from: 'Enter a first day such as 2027-03-01.',
    to: 'Enter a last day such as 2027-03-31.',
  },
  caption: 'Records',
  columns: ['When', 'What', 'By', 'Person', 'Address'],
  nothing: 'No matching records. Clear a filter, or choose other days.',
  system: 'Lintel',
  anonymous: 'Not signed in',
  operator: (name: string) => `Operator ${name}, on the command line`,
  reason: (text: string) => `Reason: ${text}`,
  details: 'Record',
  detailKeys: {
    event: 'Event',
    facts: 'Facts',
    id: 'Record',
    position: 'Chain, position',
    request: 'Request',
  },
  position: (chain: string, position: number) => `${chain}, ${position}`,
  download: 'Export these records',
  verify: 'Check the audit log',
  verifyIntro:
    'Each record is sealed together with the one before it. The check follows every record and finds the first one that was changed, moved or removed.',
  verifyPress: 'Verify now',
  verifyTitle: 'Check the audit log',
  back: 'Back to Audit',
  never: 'It has not been checked from the console yet.',
  running: (checked: string, of: string) => `Checking: ${checked} of ${of} records.`,
  runningHeading: 'The check is running',
  stopped: (checked: string) =>
    `The check stopped after ${checked} records because its process ended. Start it again.`,
  stoppedHeading: 'Not finished',
  whole: (records: string, chains: string, when: string) =>
    `All ${records} records in ${chains} chains are unchanged. Checked up to ${when}.`,
  wholeHeading: 'The audit log is intact',
  broken: (place: string, chain: string, fault: string, when: string) =>
    `Record ${place} of chain ${chain} ${fault}. Checked up to ${when}.`,
  brokenHeading: 'The audit log is broken',
  brokenNext:
    'Leave the data as it is, make a copy, and tell the operator. "lintel audit verify" on the server shows the same result.',
  faults: {
    changed: 'was changed, or another record was put in its place',
    missing: 'is missing',
    'unknown-key': 'was signed with a key that is not in the secret file',
    'retired-key': 'was signed with a key that had been retired',
    'tail-cut': 'and what followed it were cut off',
  } satisfies Record<Fault, string>,
  number: (value: number) => new Intl.NumberFormat('en-US').format(value),
}

export type AuditWords = typeof en

export const wordsFor = vocabulary<AuditWords>({ en })
