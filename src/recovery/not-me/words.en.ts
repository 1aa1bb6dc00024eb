export const words = {
  title: 'This was not me',
  lead: (username: string) =>
    `You say that someone else did something with the account ${username}. Press the button, and:`,
  effects: [
    'everyone who is signed in to this account is signed out, you too;',
    'the password stops working;',
    'the helpdesk is told and looks into it.',
  ],
  after: 'After that you see how you get back in. Nothing happens before you press the button.',
  press: 'End all sessions',
  doneTitle: 'All sessions were ended',
  doneText:
    'Nobody is signed in to this account now, and the old password no longer works. The helpdesk was told.',
  doneForgot: 'Now set a new password. You get a mail for it.',
  forgot: 'Forgot password',
  doneHelpdesk: (helpdesk: string) =>
    `The recovery information or the sign-in of this account was changed a short time ago, perhaps by someone else. So that nobody else gets in, contact ${helpdesk}: they check that it is you and help you in.`,
  deadTitle: 'This link does not work',
  dead: (helpdesk: string) =>
    `It was used already, or it is older than 7 days. If you think that someone else uses your account, contact ${helpdesk} now.`,
  stale: 'This page was open for too long. Nothing was sent. Press the button once more.',
}

export type NotMeWords = typeof words
