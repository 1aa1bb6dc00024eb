import { refusalInWords as accountRefusalInWords } from '../../administration/words.ts'
import { isCodeOf, type Refusal, type RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

export type ConsoleCode = RefusalOf<'helpdesk'> | RefusalOf<'account'>

const en = {
  refusals: {
    'helpdesk.too-many':
      'Nothing was done. You did this 30 times in a short time, and the administrators were told. Wait ten minutes, then continue.',
    'helpdesk.too-many-updates':
      'Nothing was done. You updated accounts from 10 files in a short time, and the administrators were told. Wait ten minutes, then continue.',
    'helpdesk.no-reason': 'Enter a reason.',
    'helpdesk.ticket-shape': 'Enter up to 40 letters and numbers, such as HD-1234, or leave it blank.',
    'helpdesk.reason-too-long': 'Use at most 500 characters for the reason.',
    'helpdesk.not-identified': 'Choose how you verified who is calling.',
    'helpdesk.no-moment': 'Enter a date such as 2027-03-01 and a time such as 17:00.',
    'helpdesk.no-day': 'Enter a day such as 2027-03-01 that is not in the future.',
    'helpdesk.not-recorded':
      'Not recorded: on this day the audit log did not contain who had access. Choose a later day.',
    'helpdesk.two-moments':
      'The clocks go back that night and show this time twice. Choose which one you mean.',
    'helpdesk.no-role': 'Choose a role.',
    'helpdesk.no-version': 'Some of the form was missing. Check the account again, then decide.',
    'helpdesk.no-cards': 'Code cards are off in the policy of this site.',
    'helpdesk.no-mail': 'This site does not send email. Issue a temporary password instead.',
    'helpdesk.training-open':
      'We cannot confirm that training is finished. Say why the account is needed anyway, or wait until it is finished.',
    'helpdesk.export-under-way':
      'One of your exports is still running. When it has finished, or you have stopped it, try again.',
    'helpdesk.exports-busy': 'Several exports are running right now. Wait a minute, then try again.',
  } satisfies Record<RefusalOf<'helpdesk'>, string>,
}

export const wordsFor = vocabulary<typeof en>({ en })

/** The sentence of a refusal of the console or of what is done to an account. */
export function refusalInWords({ code, field }: Refusal<ConsoleCode>, language: string): string {
  return isCodeOf('account', code) ? accountRefusalInWords(code, field) : wordsFor(language).refusals[code]
}
