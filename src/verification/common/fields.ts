import { fields } from '../../web/fields.ts'

/** Where a code of the app is entered, or any code; `do` is the button of the settings page. */
export const codeForm = fields('code', 'do')
/** Where the code of a card is entered. */
export const cardForm = fields('card')
/** Where a backup code is entered. */
export const backupForm = fields('backup')
