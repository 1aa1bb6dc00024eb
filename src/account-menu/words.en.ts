import type { Role, Theme } from '../store/schema.ts'
import { plurals } from '../web/plurals.ts'

const count = plurals('en-US')

export const words = {
  menuLabel: (initials: string, name: string) => `${initials}, User settings, ${name}`,
  signOut: 'Sign Out',
  email: 'E-mail',
  role: 'Role',
  roles: { user: 'User', helpdesk: 'Helpdesk', administrator: 'Administrator' } satisfies Record<
    Role,
    string
  >,
  organization: 'Organization',
  workgroup: 'Workgroup',
  apply: 'Apply',
  theme: 'Theme',
  themes: {
    system: 'Like my device',
    light: 'Light',
    dark: 'Dark',
    contrast: 'High contrast',
  } satisfies Record<Theme, string>,
  useTheme: 'Use this theme',
  language: 'Language',
  ownLanguage: 'Like my browser',
  useLanguage: 'Use this language',
  securitySettings: 'Security Settings',
  console: 'Helpdesk console',
  none: 'None yet',
  homeTitle: 'Home',
  greeting: (name: string) => `Welcome, ${name}`,
  place: 'Where you work now',
  openHeading: 'Still open',
  noOrganization: (helpdesk: string) =>
    `You have no organization yet, so there is nothing to record for. Contact ${helpdesk} to get one.`,
  noWorkgroup: (helpdesk: string) =>
    `You have no workgroup yet, so no pages are open to you. Contact ${helpdesk} to get one.`,
  noQuestion: 'You have no security question. If you forget your password, only the helpdesk can help you.',
  setQuestion: 'Set your security question',
  noTwoStep: 'You use no authenticator app yet. It keeps others out, even if they learn your password.',
  twoStepFrom: (when: string) => `From ${when} your role needs an authenticator app.`,
  setTwoStep: 'Set up 2-step verification',
  fewCodes: (left: number) =>
    left === 0
      ? 'You have no backup codes left. Without them a lost phone locks you out.'
      : `You have only ${count(left, { one: '# backup code', other: '# backup codes' })} left.`,
  newCodes: 'Make new backup codes',
  nothingOpen: 'Nothing. Your account is in good order.',
  termsEnd: (day: string) => `You are asked to accept the terms of agreement again on ${day}.`,
  trainingOpen: 'Your training is not finished. Finish the course in Moodle.',
  openCourse: 'Open the course in Moodle',
  trainingEnds: (day: string) => `Your training has to be done again by ${day}.`,
  newsHeading: 'News from the helpdesk',
  activityHeading: 'Your sign-ins',
  firstSignIn: 'This is your first sign-in.',
  lastSignIn: (when: string) => `Before this one, you signed in on ${when}.`,
  failures: (failed: number) =>
    count(failed, {
      one: '# sign-in with your username failed since then.',
      other: '# sign-ins with your username failed since then.',
    }),
  failuresAdvice: 'If that was not you, tell the helpdesk.',
  themeTitle: 'Theme',
}

export type MenuWords = typeof words
