import { contactCommand } from './contact.ts'

export const command = contactCommand({
  verb: 'add',
  about:
    'Makes somebody the contact of an agency: they ask for accounts, say who left, and confirm who still works there.',
  after: (before, id) => [...before, id],
  say: (username, organization) => `${username} is a contact of ${organization}.`,
})
