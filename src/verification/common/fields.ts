import { fields } from '../../web/fields.ts'

/** Where a code of the app is entered, or any code. */
export const codeForm = fields('code')
/** Where a person says what a way is called. */
export const nameForm = fields('name')
/** Where the code of a card is entered. */
export const cardForm = fields('card')
/** Whether the computer is the person's own. */
export const computerForm = fields('own')
/** Where a backup code is entered. */
export const backupForm = fields('backup')
