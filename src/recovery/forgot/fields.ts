import { fields } from '../../web/fields.ts'

/** Forgot password: a username or an email address. */
export const forgotForm = fields('username')
/** The answer to the person's own question. */
export const answerForm = fields('answer')
