export const words = {
  title: 'This was not me',
  lead: (username: string) => `Report activity on account ${username} that was not you. If you continue:`,
  effects: [
    'everyone is signed out, including you;',
    'the password stops working;',
    'the helpdesk is told and will look into it.',
  ],
  after: 'Then you will see how to get back in. Nothing changes until you choose End all sessions.',
  press: 'End all sessions',
  doneTitle: 'All sessions have ended',
  doneText:
    'Nobody is signed in to this account now, and the old password no longer works. We told the helpdesk.',
  doneForgot: 'Now set a new password. We will email you a link.',
  forgot: 'Forgot password',
  doneHelpdesk: (helpdesk: string) =>
    `The recovery information or sign-in settings of this account changed recently, perhaps by someone else. To keep others out, contact ${helpdesk}. They will confirm that it is you, and they can help you sign in.`,
  deadTitle: 'This link does not work',
  dead: (helpdesk: string) =>
    `It has already been used, or it has expired. If you think someone else is using your account, contact ${helpdesk} now.`,
  stale: 'This page was open too long. Nothing was sent. Try again.',
}

export type NotMeWords = typeof words
