import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  titles: { created: 'The account is ready', issued: 'Temporary password issued' },
  once: 'Read it out or print the sheet now. You will not be able to see it again.',
  print: 'Print sheet',
  toPerson: (name: string) => `Go to ${name}`,
  heading: (site: string) => `How to sign in to ${site}`,
  for: (name: string) => `For ${name}`,
  username: (text: string) => `Username: ${text}`,
  temporaryPassword: (text: string) => `Temporary password: ${text}`,
  until: (when: string) => `It works until ${when}, for your first sign-in only.`,
  steps: (address: string) => [
    { heading: 'Open the sign-in page', body: `Type ${address} into your web browser.` },
    {
      heading: 'Sign in',
      body: 'Type your username and the temporary password exactly as shown here, with the hyphens. Choose Sign In.',
    },
    { heading: 'Read the terms', body: 'Choose Accept if you agree.' },
    { heading: 'Create your own password', body: 'The page lists the rules. Only you should know it.' },
    {
      heading: 'Set your security question',
      body: 'It lets you reset your password if you forget it.',
    },
  ],
  keep: 'Destroy this sheet once you have your own password. The helpdesk never asks for your password.',
  help: (name: string, ways: string) => `Need help? Contact ${name}${ways === '' ? '' : ` at ${ways}`}.`,
}

type SheetWords = typeof en

export const wordsFor = vocabulary<SheetWords>({ en })
