import type { Training } from '../../agency/request-rules.ts'
import type { RefusalOf } from '../../refusals.ts'
import type { RequestKind, RequestState } from '../../store/schema.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const plural = plurals('en-US')

const en = {
  title: 'Requests',
  lead: 'What the contacts of agencies ask for. The oldest comes first.',
  open: 'Waiting',
  closed: 'Answered or ended',
  columns: ['About', 'Organization', 'What', 'State', 'Sent'],
  none: 'There are none.',
  reports: 'Leavers reported in the last 30 days',
  reportColumns: ['Person', 'Organization', 'Last day', 'Reported by', 'State'],
  reportStates: { planned: 'Planned', done: 'Access ended', back: 'Taken back' },
  kinds: { account: 'Account', change: 'Change', leaver: 'Leaver' } satisfies Record<RequestKind, string>,
  states: {
    asked: 'Waiting',
    'more-needed': 'Waits for the contact',
    accepted: 'Accepted',
    declined: 'Declined',
    withdrawn: 'Withdrawn',
    stale: 'Ended: no answer',
  } satisfies Record<RequestState, string>,
  about: (kind: string, who: string) => `${kind}: ${who}`,
  organization: 'Organization',
  activePeople: (count: number) => plural(count, { one: '# active person', other: '# active people' }),
  state: 'State',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email',
  phone: 'Work phone',
  jobTitle: 'Job title',
  supervisor: 'Supervisor',
  workgroups: 'Workgroups',
  training: 'Training, the contact says',
  trainings: { finished: 'Finished', 'not-finished': 'Not finished', unknown: 'Not known' } satisfies Record<
    Training,
    string
  >,
  moodle: 'Training, Moodle says',
  note: 'The contact says',
  lastDay: 'Last day',
  askedBy: 'Sent by',
  sent: 'Sent',
  answered: 'Your answer',
  account: 'Account',
  blank: 'Left blank',
  alike: 'This person may already have an account',
  alikeLead:
    'Check these accounts first. Each person has one account. The contact does not see them and is not told.',
  addTo: (organization: string) => `Add ${organization} to this account`,
  create: 'Create account',
  accept: 'Accept',
  acceptChange:
    'Accept sets the workgroups as asked for. What the contact says in words, you do first, with Edit details.',
  acceptLeaver:
    'Accept ends their access through this organization. If it is their last one, the account is deactivated.',
  toPerson: 'Open the account',
  answer: 'Answer to the contact',
  answerHint: 'They read it as you write it. Do not name other agencies.',
  more: 'Ask for more',
  decline: 'Decline',
  back: 'Back to Requests',
  did: {
    accepted: 'The request was accepted. The contact gets an email.',
    declined: 'The request was declined. The contact gets an email.',
    'more-needed': 'The contact gets an email with your question.',
  } satisfies Record<'accepted' | 'declined' | 'more-needed', string>,
  refusals: {
    'agency.last-day': 'Enter a day such as 2027-03-01.',
    'agency.too-late': 'This report can no longer be taken back.',
    'agency.empty': 'Nothing was asked for.',
    'agency.note-long': 'Use at most 500 characters for the answer.',
    'agency.too-many': 'Too many requests were sent today.',
    'agency.closed':
      'Someone else answered or changed this request while you had it open. Nothing was done. Look again, then decide.',
    'agency.no-answer': 'Write what is needed, or why it is declined.',
    'agency.training': 'Say whether training is finished.',
    'agency.no-note': 'Say what should change.',
    'agency.nobody': 'Nobody belongs to these organizations.',
    'agency.review-name': 'Enter a name of up to 80 characters.',
    'agency.due-day': 'Enter a day such as 2027-03-31, at most a year away.',
    'agency.reminders': 'Enter numbers of days, such as 14, 7, 1.',
  } satisfies Record<RefusalOf<'agency'>, string>,
}

export const wordsFor = vocabulary<typeof en>({ en })
