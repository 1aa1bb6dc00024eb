import { refusalInWords as accountRefusalInWords } from '../../administration/words.ts'
import { isCodeOf, type Refusal, type RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

export type ConsoleCode = RefusalOf<'helpdesk'> | RefusalOf<'account'>

const en = {
  'helpdesk.too-many':
    'Nothing was done. You did this 30 times in a short time, and the administrators were told. Wait ten minutes, then go on.',
  'helpdesk.no-reason': 'Enter a reason.',
  'helpdesk.reason-too-long': 'Make the reason shorter: 500 characters at most.',
  'helpdesk.not-identified': 'Choose how you made sure who is calling.',
  'helpdesk.no-moment': 'Enter a date such as 2027-03-01 and a time such as 17:00.',
  'helpdesk.no-role': 'Choose a role.',
  'helpdesk.no-version': 'The form was not whole. Look at the account again, then decide.',
  'helpdesk.no-mail': 'This site sends no mail. Issue a temporary password instead.',
  'helpdesk.training-open':
    'Training is not known to be finished. Say why the account is needed all the same, or wait until it is.',
  'helpdesk.export-under-way':
    'An export of yours is still being sent. When it has ended, or you have stopped it, press the button again.',
  'helpdesk.exports-busy':
    'Several exports are being sent right now. Wait a minute, then press the button again.',
} satisfies Record<RefusalOf<'helpdesk'>, string>

const wordsFor = vocabulary<typeof en>({ en })

/** The sentence of a refusal of the console or of what is done to an account. */
export function refusalInWords({ code, field }: Refusal<ConsoleCode>, language: string): string {
  return isCodeOf('account', code) ? accountRefusalInWords(code, field) : wordsFor(language)[code]
}
