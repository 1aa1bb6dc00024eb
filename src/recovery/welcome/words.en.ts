export const words = {
  title: 'Set up your account',
  hello: (name: string) => `Welcome, ${name}.`,
  lead: (username: string) =>
    `Your username is ${username}. Next, you will read the terms and choose your own password. It takes a few minutes.`,
  next: 'Continue',
  deadTitle: 'This link does not work',
  dead: (helpdesk: string) =>
    `You already have your own password, or the link has expired. If you have a password, sign in. If not, ask ${helpdesk} for a new link.`,
  signIn: 'Go to Sign in',
  stale: 'This page was open too long. Nothing was sent. Try again.',
}

export type WelcomeWords = typeof words
