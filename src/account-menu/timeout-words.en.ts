export const words = {
  title: 'You are signed out soon',
  overTitle: 'You are signed out',
  idle: 'Nothing was done here for a while. If you do nothing, you are signed out when the time is up.',
  last: 'A session lasts one working day at most, so it cannot go on longer. Send what you are writing now. Then sign in again.',
  over: 'What you wrote is still on this page: close this message and press the button of the form within 15 minutes. Then sign in, and it is shown to you again.',
  left: 'Time left:',
  /** % stands for the number. Said aloud, so only at a few moments. */
  minutes: '% minutes left',
  seconds: '% seconds left',
  stay: 'Stay signed in',
  signOut: 'Sign Out',
  close: 'Close',
  ends: (when: string) => `If you do nothing, you are signed out at ${when}.`,
}

export type TimeoutWords = typeof words
