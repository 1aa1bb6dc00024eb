import { fields } from '../web/fields.ts'

/** The form under the terms: which text it showed, and the button. */
export const termsForm = fields('version', 'sha256', 'choice')
