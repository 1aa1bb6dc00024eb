import { fields } from '../web/fields.ts'

/** The form of the security question. */
export const questionForm = fields('question', 'answer')
