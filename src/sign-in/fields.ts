import { fields } from '../web/fields.ts'

/** The form of the sign-in page; `to` is where it leads. */
export const signInForm = fields('username', 'password', 'to')
