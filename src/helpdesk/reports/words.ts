import type { recordColumns } from '../../audit/records.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { AcceptanceColumn } from './exports/acceptances.ts'
import type { PeopleColumn } from './exports/people.ts'

type AuditColumn = (typeof recordColumns)[number]

const en = {
  title: 'Reports',
  intro:
    'Files to keep or to work with: CSV for a spreadsheet, or JSON lines for a program. Each export asks for your password and a reason, and is recorded.',
  scoped: 'They hold the people of your organizations.',
  listCaption: 'Reports',
  columns: ['Report', 'What is in it'],
  names: { people: 'People', acceptances: 'Acceptances of the terms', audit: 'Audit log' },
  about: {
    people: 'Everyone with an account: state, role, organizations, workgroups, sign-in, terms.',
    acceptances:
      'Who accepted which version of the terms, when, from which address, with the hash of the text.',
    audit: 'Every record of the audit log, as it is sealed.',
  },
  aboutOwn: 'The records of what you did.',
  titles: {
    people: 'Export people',
    acceptances: 'Export acceptances of the terms',
    audit: 'Export the audit log',
  },
  careful:
    'The file holds names and addresses of people. Keep it where only those can read it who need it, and delete it when it is used.',
  neverInIt: 'No password, question, answer or key is in it.',
  filter: 'Only these records',
  filterKeys: { person: 'Person', agent: 'Done by', event: 'Event', from: 'From day', to: 'To day' },
  changeFilter: 'Change',
  unclear:
    'Nothing fits what was asked for: a person or a day in the address is not known. Choose again on the Audit page.',
  reason: 'Reason',
  reasonHint: 'One sentence: what the file is for. It is kept in the audit log.',
  csv: 'Download CSV',
  jsonl: 'Download JSON lines',
  columnsTitle: 'Columns',
  columnsCaption: 'What each column holds',
  columnsHead: ['Column', 'Meaning'],
  times: 'Times are in UTC, such as 2027-03-01T17:00:00.000Z. An empty cell means: never, or none.',
  apostrophe:
    'In CSV a text that a spreadsheet would take for a formula has an apostrophe in front. JSON lines have it as it is.',
  back: 'Back to Reports',
  meanings: {
    people: {
      id: 'Number of the account; never changes',
      username: 'Username',
      first_name: 'First name',
      last_name: 'Last name',
      email: 'E-mail address',
      role: 'user, helpdesk or administrator',
      state:
        'active, or why they cannot sign in: deactivated, left, suspended, blocked, dormant, training-lapsed',
      organizations: 'Their organizations, of those that you look after',
      workgroups: 'Their workgroups',
      created_at: 'When the account was made',
      last_sign_in_at: 'Last sign-in',
      leaving_at: 'When the account closes, or closed, by itself',
      suspended_until: 'Until when it is suspended',
      temporary_password_until:
        'Until when their temporary password works; empty: they have one of their own',
      two_step_since: 'Since when 2-step verification is on',
      recovery_question_set_at:
        'When they set their recovery question; the question itself is never exported',
      training: 'unknown, finished, not-finished or lapsed',
      training_finished_at: 'When they finished the training',
      terms_version: 'Version of the terms that they accepted last',
      terms_accepted_at: 'When they accepted it',
    } satisfies Record<PeopleColumn, string>,
    acceptances: {
      accepted_at: 'When they accepted',
      account_id: 'Number of the account',
      username: 'Username',
      first_name: 'First name, as it is now',
      last_name: 'Last name, as it is now',
      terms_version: 'Number of the version',
      sha256: 'SHA-256 of the text that they were shown',
      address: 'Address that they accepted from',
    } satisfies Record<AcceptanceColumn, string>,
    audit: {
      id: 'Number of the record',
      at: 'When',
      event: 'Name of the event in the OWASP Logging Vocabulary, or one of our own',
      actor: 'Who did it: number of an account, anonymous, system, or operator and a name',
      subject: 'Number of the account that it was done to',
      address: 'Address that the request came from',
      request_id: 'Number of the request, as on error pages',
      args: 'Facts of the event, as JSON',
      chain_id: 'Chain that the record is part of',
      position: 'Its place in the chain',
      key_id: 'Key that it is sealed with',
      hmac: 'The seal, over this record and the one before it',
    } satisfies Record<AuditColumn, string>,
  },
}

export type ReportsWords = typeof en

export const wordsFor = vocabulary<ReportsWords>({ en })
