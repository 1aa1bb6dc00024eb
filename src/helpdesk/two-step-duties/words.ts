import type { RefusalOf } from '../../refusals.ts'
import type { DutyKind, Role } from '../../store/schema.ts'
import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const count = plurals('en-US')

const en = {
  title: '2-step verification for some people',
  lead: 'People of a role, an organization or a workgroup must have 2-step verification from a day on. Before then, Home and an email tell them. Whatever begins first counts.',
  caption: 'Who must have 2-step verification, and from when',
  columns: ['Who', 'From', 'Without it now', 'Action'],
  none: 'Nobody yet.',
  kinds: { role: 'Role', organization: 'Organization', workgroup: 'Workgroup' } satisfies Record<
    DutyKind,
    string
  >,
  roles: { user: 'User', helpdesk: 'Helpdesk', administrator: 'Administrator' } satisfies Record<
    Role,
    string
  >,
  change: 'Change',
  formHeading: 'Set a date',
  who: 'Who',
  choose: 'Choose…',
  from: 'From',
  fromHint: 'The day begins at midnight. Leave blank to end the duty.',
  reason: 'Reason',
  next: 'Continue',
  confirmTitle: 'Confirm the change',
  starts: (who: string, day: string) =>
    `From ${day} on, people of ${who} cannot continue after their password until they have set up 2-step verification.`,
  ends: (who: string) =>
    `People of ${who} may then use their password only. The new value is less secure than the one you have now.`,
  without: (people: number) =>
    count(people, {
      one: '# active person has not set it up.',
      other: '# active people have not set it up.',
    }),
  ready: 'Make sure that they have an app, a key, or a code card by then.',
  confirm: 'Confirm change',
  back: 'Back to Policy',
  backToForm: 'Back',
  did: 'The change was made.',
  refusals: {
    'duty.who': 'Choose who.',
    'duty.date': 'Enter a day, such as 2027-01-15.',
    'duty.no-reason': 'Enter a reason.',
    'duty.reason-too-long': 'Use at most 500 characters for the reason.',
    'duty.unchanged': 'It is so already. Nothing was changed.',
  } satisfies Record<RefusalOf<'duty'>, string>,
}

export type DutyWords = typeof en

export const wordsFor = vocabulary({ en })
