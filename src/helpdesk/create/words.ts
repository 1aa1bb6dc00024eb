import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Create account',
  lead: 'Make an account for someone who has finished the training. You check it on the next page.',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  username: 'Username',
  usernameHint: 'Leave it empty to have one proposed.',
  organization: 'Organization',
  workgroup: 'Workgroup',
  more: {
    organization: (count: number) =>
      count === 0 ? 'More organizations' : `More organizations (${count} ticked)`,
    workgroup: (count: number) => (count === 0 ? 'More workgroups' : `More workgroups (${count} ticked)`),
  },
  moreLabel: {
    organization: 'Organizations beside the one above',
    workgroup: 'Workgroups beside the one above',
  },
  organizations: 'Organizations',
  workgroups: 'Workgroups',
  none: 'None yet',
  next: 'Continue',
  checkTitle: 'Check the answers',
  duplicates: 'This person may have an account already',
  duplicatesLead: 'Look at these accounts first. One person has one account.',
  willHappen:
    'The account is made when you press the button. The next page shows how they sign in for the first time, only once; or they get a link by mail.',
  create: 'Create account',
  createAndMail: 'Create and mail a link',
  change: 'Change the answers',
  madeTitle: 'This account was made already',
  made: (name: string, username: string) =>
    `The account of ${name} with the username ${username} was made when the form was sent the first time. It was not made twice.`,
  madeNext:
    'What the page showed then cannot be shown again. If it was lost, open the account and issue a new one.',
  toPerson: (name: string) => `Go to ${name}`,
}

export type CreateWords = typeof en

export const wordsFor = vocabulary<CreateWords>({ en })
