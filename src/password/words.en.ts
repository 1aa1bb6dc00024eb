import type { RefusalOf } from '../refusals.ts'
import type { RuleId } from './rules.ts'

export const words = {
  newTitle: 'Create a new password',
  newLead: 'Your temporary password has done its work. Make a password that only you know.',
  changeTitle: 'Change your password',
  changeLead: 'All your other sessions end when you save.',
  rulesHeading: 'Your new password needs:',
  rules: {
    'at-least-8': 'at least 8 characters',
    'at-least-15': 'at least 15 characters; a few words in a row work well',
    'at-most-256': 'at most 256 characters',
    'a-capital': 'at least 1 capital letter',
    'a-number': 'at least 1 number',
    'a-symbol': 'at least 1 character that is neither a letter nor a number',
    'not-common': 'no common word or pattern, such as Password1!',
    'not-personal': 'not mostly your name, your username, or the name of this system',
    'not-used-before': 'not one that you used before',
  } satisfies Record<RuleId, string>,
  newPassword: 'New password',
  confirm: 'Confirm new password',
  updateRecovery: 'Update my Recovery Information',
  updateRecoveryHint:
    'Next, you set a security question. Without it you cannot reset a forgotten password by yourself.',
  save: 'Save',
  conductHeading: 'Keep it to yourself',
  conduct: [
    'Never share your HMIS password with anyone. The helpdesk never asks for it.',
    'Never let your internet browser save your HMIS password on a computer that others use too.',
    'If you cannot sign in, contact the helpdesk.',
  ],
  changed: 'Your password was changed. Your other sessions were ended.',
  refusals: {
    'password.empty': 'Enter a new password.',
    'password.too-short': 'Make the password longer: it needs at least as many characters as the list says.',
    'password.no-capital': 'Add a capital letter.',
    'password.no-number': 'Add a number.',
    'password.no-symbol': 'Add a character that is neither a letter nor a number, such as ! or a space.',
    'password.too-long': 'Make the password shorter: 256 characters at most.',
    'password.not-text': 'The password holds a sign that cannot be stored. Type it again.',
    'password.common':
      'This password is easy to guess. Three or four words that do not belong together, with a number and a sign, are better.',
    'password.personal':
      'This password is close to your name, your username or the name of this system. Choose something that others would not guess.',
    'password.mismatch': 'The two passwords are not the same. Type the same one twice.',
    'password.same-as-current': 'This is the password that you have now. Choose another one.',
    'password.used-before': 'You used this password before. Choose another one.',
  } satisfies Record<RefusalOf<'password'>, string>,
}

export type PasswordWords = typeof words
