import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  titles: { created: 'The account is ready', issued: 'Temporary password issued' },
  once: 'Read it out or print the sheet now. It is shown only here, only once.',
  print: 'Print sheet',
  toPerson: (name: string) => `Go to ${name}`,
  heading: (site: string) => `How to sign in to ${site}`,
  for: (name: string) => `For ${name}`,
  username: (text: string) => `Username: ${text}`,
  temporaryPassword: (text: string) => `Temporary password: ${text}`,
  until: (when: string) => `It works until ${when}, and only for your first sign-in.`,
  steps: (address: string) => [
    { heading: 'Open the sign-in page', body: `Type ${address} into your web browser.` },
    {
      heading: 'Sign in',
      body: 'Type your username and the temporary password as they stand here, with the hyphens. Press Sign In.',
    },
    { heading: 'Read the terms', body: 'Press Accept if you agree.' },
    { heading: 'Make your own password', body: 'The page tells what it needs. Only you should know it.' },
    {
      heading: 'Set your security question',
      body: 'With it you can choose a new password yourself if you forget yours.',
    },
  ],
  keep: 'Throw this sheet away once you have your own password. Nobody from the helpdesk ever asks for it.',
  help: (name: string, ways: string) => `Need help? Contact ${name}${ways === '' ? '' : `: ${ways}`}.`,
}

export type SheetWords = typeof en

export const wordsFor = vocabulary<SheetWords>({ en })
