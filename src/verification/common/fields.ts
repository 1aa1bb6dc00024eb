import { fields } from '../../web/fields.ts'

/** Where a code of the app is entered, or any code. */
export const codeForm = fields('code')
/** Where a person says what a way is called. */
export const nameForm = fields('name')
/** Where the code of a card is entered. */
export const cardForm = fields('card')
/** Where a backup code is entered. */
export const backupForm = fields('backup')
