import { fields } from '../web/fields.ts'

/** The form of a new password, wherever one is chosen. */
export const newPassword = fields('password', 'confirm')
