import type { recordColumns } from '../../audit/records.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { AcceptanceColumn } from './exports/acceptances.ts'
import type { PeopleColumn } from './exports/people.ts'

type AuditColumn = (typeof recordColumns)[number]

const en = {
  title: 'Reports',
  intro:
    'Download data: CSV for a spreadsheet, or JSON Lines for a program. Each export asks for your password and a reason, and is recorded.',
  scoped: 'They contain the people in your organizations.',
  listCaption: 'Reports',
  columns: ['Report', 'What is in it'],
  names: { people: 'People', acceptances: 'Acceptances of the terms', audit: 'Audit log' },
  about: {
    people: 'Everyone with an account: state, role, organizations, workgroups, sign-in, terms.',
    acceptances:
      'Who accepted which version of the terms, when, from which address, with the hash of the text.',
    audit: 'Every record of the audit log, with its seal.',
  },
  aboutOwn: 'The records of what you did.',
  titles: {
    people: 'Export people',
    acceptances: 'Export acceptances of the terms',
    audit: 'Export the audit log',
  },
  pastNames: { access: 'Who had access on a day', ended: 'Access that ended' },
  pastTitles: { access: 'Export who had access on a day', ended: 'Export access that ended' },
  pastAbout: {
    access:
      'Every account, role, organization and workgroup that people had at the end of a day, since when, and who authorized it.',
    ended:
      'Every account, role, organization and workgroup that people lost between two days, when, and who ended it.',
  },
  pastLimits: 'It is read from the audit log only. Check the audit log first.',
  board: {
    title: 'Counts for the board',
    about:
      'How many people each organization and workgroup has, and the licenses of each organization. No names.',
    all: (people: number, signedIn: number) =>
      `${people} people have an account in use. ${signedIn} of them signed in during the last 12 months.`,
    organizations: 'By organization',
    organizationColumns: [
      'Organization',
      'People',
      'Worked there in 12 months',
      'Licenses',
      'Left',
      'Agreement signed on',
    ],
    workgroups: 'By workgroup',
    workgroupColumns: ['Workgroup', 'People', 'Signed in during 12 months'],
    none: 'There are none.',
    export: 'Download the counts (CSV)',
  },
  day: 'Day',
  firstDay: 'First day',
  lastDay: 'Last day',
  careful:
    'The file contains names and email addresses. Keep it where only people who need it can read it, and delete it when you are done.',
  neverInIt: 'It contains no passwords, questions, answers or keys.',
  filter: 'Only these records',
  filterKeys: { person: 'Person', agent: 'Done by', event: 'Event', from: 'From', to: 'To' },
  changeFilter: 'Change',
  unclear: 'No matching records: the address names an unknown person or day. Choose again on the Audit page.',
  reason: 'Reason',
  reasonHint: 'One sentence: what the file is for. It is kept in the audit log.',
  csv: 'Download CSV',
  jsonl: 'Download JSON Lines',
  columnsTitle: 'Columns',
  columnsCaption: 'What each column contains',
  columnsHead: ['Column', 'Meaning'],
  times: 'Times are in UTC, such as 2027-03-01T17:00:00.000Z. An empty cell means never or none.',
  apostrophe:
    'In CSV, text that a spreadsheet would read as a formula starts with an apostrophe. JSON Lines does not change it.',
  back: 'Back to Reports',
  meanings: {
    people: {
      id: 'Account number; it never changes',
      username: 'Username',
      first_name: 'First name',
      last_name: 'Last name',
      email: 'Email address',
      work_phone: 'Work phone',
      work_extension: 'Extension of the work phone',
      job_title: 'Job title',
      supervisor: 'Supervisor, and how to reach them',
      role: 'user, helpdesk or administrator',
      state:
        'active, or why they cannot sign in: deactivated, closed, suspended, locked-down, inactive, training-expired',
      organizations: 'Their organizations, among those you look after',
      primary_organization: 'The organization that is their first, if you look after all people',
      workgroups: 'Their workgroups',
      created_at: 'When the account was created',
      last_sign_in_at: 'Last sign-in',
      leaving_at: 'When the account closes, or closed, on its date',
      suspended_until: 'When its suspension ends',
      temporary_password_until: 'When their temporary password expires; empty if they have their own',
      two_step_since: 'When 2-step verification was turned on',
      recovery_question_set_at:
        'When they set their security question; the question itself is never exported',
      training: 'unknown, finished, not-finished or lapsed',
      training_finished_at: 'When they finished the training',
      terms_version: 'Last version of the terms they accepted',
      terms_accepted_at: 'When they accepted it',
    } satisfies Record<PeopleColumn, string>,
    acceptances: {
      accepted_at: 'When they accepted',
      account_id: 'Account number',
      username: 'Username',
      first_name: 'First name, as it is now',
      last_name: 'Last name, as it is now',
      terms_version: 'Version number',
      sha256: 'SHA-256 of the text they were shown',
      address: 'IP address they accepted from; empty for an agent with a limit',
    } satisfies Record<AcceptanceColumn, string>,
    audit: {
      id: 'Record number',
      at: 'When',
      event: 'Name of the event in the OWASP Logging Vocabulary, or one of our own',
      actor: 'Who did it: an account number, anonymous, system, or operator and a name',
      subject: 'Account number of the person it was done to',
      address: 'IP address the request came from',
      request_id: 'Request number, as shown on error pages',
      args: 'Details of the event, as JSON',
      chain_id: 'Chain that the record belongs to',
      position: 'Its place in the chain',
      key_id: 'Key that it is sealed with',
      hmac: 'The seal, over this record and the one before it',
    } satisfies Record<AuditColumn, string>,
  },
}

export type ReportsWords = typeof en

export const wordsFor = vocabulary<ReportsWords>({ en })
