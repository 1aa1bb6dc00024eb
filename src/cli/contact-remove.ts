import { contactCommand } from './contact.ts'

export const command = contactCommand({
  verb: 'remove',
  about: 'Takes the role of an agency contact away, for one organization.',
  after: (before, id) => before.filter(other => other !== id),
  say: (username, organization) => `${username} is no contact of ${organization} any more.`,
})
