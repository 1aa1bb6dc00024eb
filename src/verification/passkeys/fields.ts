import { fields } from '../../web/fields.ts'

/** Where the browser's answer is put by the script. */
export const keyForm = fields('passkey')
