export const words = {
  title: 'You will be signed out soon',
  overTitle: 'You are signed out',
  idle: 'You have been inactive for a while. You will be signed out when the time runs out unless you choose Stay signed in.',
  last: 'You have reached the longest session allowed. Save your work now, then sign in again.',
  over: (minutes: number) =>
    `What you entered is still on this page. Close this message and submit the form within ${minutes} minutes. Then sign in to get it back.`,
  /** `names`: applications that end with the session. */
  closes: (names: string) => `These close too: ${names}.`,
  left: 'Time left:',
  /** % stands for the number. Said aloud, so only at a few moments. */
  minutes: '% minutes left',
  seconds: '% seconds left',
  stay: 'Stay signed in',
  signOut: 'Sign Out',
  close: 'Close',
  /** `when`: the time of day. */
  ends: (when: string) => `You will be signed out at ${when} unless you stay active.`,
  endsAnyway: (when: string) => `You will be signed out at ${when}.`,
}

export type TimeoutWords = typeof words
