import { leavingCommand } from './leaving.ts'

export const command = leavingCommand({
  verb: 'left',
  about:
    'Says that somebody left an organization: their access through it ends, at once or when their last day is over. With the last organization the account is deactivated. Nothing is deleted.',
  from: 'organization',
})
