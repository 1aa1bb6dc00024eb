import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Create account',
  lead: 'Create an account for someone who has finished the training. You can check it on the next page.',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email',
  username: 'Username',
  lastNameHint: 'If the person has only one name, leave the other field blank.',
  usernameHint: 'Leave blank and we will suggest one.',
  organization: 'Organization',
  workgroup: 'Workgroup',
  more: {
    organization: (count: number) =>
      count === 0 ? 'More organizations' : `More organizations (${count} selected)`,
    workgroup: (count: number) => (count === 0 ? 'More workgroups' : `More workgroups (${count} selected)`),
  },
  moreLabel: {
    organization: 'Additional organizations',
    workgroup: 'Additional workgroups',
  },
  organizations: 'Organizations',
  workgroups: 'Workgroups',
  none: 'None yet',
  blank: 'Left blank',
  noEmail: 'None: they get printed sheets, and cannot reset a forgotten password by email',
  next: 'Continue',
  checkTitle: 'Check your answers',
  duplicates: 'This person may already have an account',
  duplicatesLead: 'Check these accounts first. Each person has one account.',
  willHappen:
    'Nothing is created until you confirm. The next page shows, once, how to sign in for the first time. Or email a link instead.',
  create: 'Create account',
  createAndMail: 'Create and email a link',
  change: 'Change your answers',
  madeTitle: 'This account has already been created',
  made: (name: string, username: string) =>
    `The account for ${name}, with the username ${username}, was created when you first sent the form. It was not created twice.`,
  madeNext:
    'The temporary password cannot be shown again. If you no longer have it, open the account and issue a new one.',
  toPerson: (name: string) => `Go to ${name}`,
}

type CreateWords = typeof en

export const wordsFor = vocabulary<CreateWords>({ en })
