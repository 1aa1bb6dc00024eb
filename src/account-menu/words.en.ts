import type { Role, Theme } from '../store/schema.ts'
import { plurals } from '../web/plurals.ts'

const count = plurals('en-US')

export const words = {
  menuLabel: (initials: string, name: string) => `${initials}, User settings, ${name}`,
  signOut: 'Sign Out',
  email: 'Email',
  noEmailShort: 'No email address',
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
    system: 'Same as my device',
    light: 'Light',
    dark: 'Dark',
    contrast: 'High contrast',
  } satisfies Record<Theme, string>,
  language: 'Language',
  ownLanguage: 'Same as my browser',
  preferences: 'Preferences',
  preferencesLead: 'How these pages look, and in which language they are.',
  savePreferences: 'Save',
  termsAccepted: 'Terms you accepted',
  preferencesSaved: 'Your preferences are saved.',
  securitySettings: 'Security Settings',
  console: 'Helpdesk console',
  agencyDesk: 'Agency desk',
  agencyDeskFor: 'Request accounts, say who left, and confirm who still works with you.',
  none: 'None yet',
  homeTitle: 'Home',
  allSet: 'You are all set',
  allSetOpen: 'Your account is ready. Open an application below to start working.',
  allSetClose: 'Your account is ready. You can close this page, or continue to the application you work in.',
  placeChanged: 'You are now working with the settings you chose.',
  leaving: (day: string, helpdesk: string) =>
    `Your access ends on ${day}. If that is wrong, contact ${helpdesk}.`,
  greeting: (name: string) => `Welcome, ${name}`,
  open: (application: string) => `Open ${application}`,
  applications: 'Your applications',
  links: 'Links',
  needAttention: (items: number) => count(items, { one: '# needs attention.', other: '# need attention.' }),
  attention: {
    incidents: (people: number) => count(people, { one: '# incident.', other: '# incidents.' }),
    lockedOut: (people: number) =>
      count(people, { one: '# person is locked out for now.', other: '# people are locked out for now.' }),
    expiring: (people: number) =>
      count(people, {
        one: '# temporary password is expiring or expired.',
        other: '# temporary passwords are expiring or expired.',
      }),
  },
  nothingWaits: 'Nothing urgent right now.',
  openHeading: 'To do',
  noOrganization: (helpdesk: string) =>
    `You have not been added to an organization yet, so you cannot enter data. Contact ${helpdesk} to be added.`,
  noWorkgroup: (helpdesk: string) =>
    `You have not been added to a workgroup yet, so you cannot open any pages. Contact ${helpdesk} to be added.`,
  noEmail: (helpdesk: string) =>
    `Your account has no email address. You get no email from us, and you cannot reset a forgotten password yourself. To add an address, contact ${helpdesk}.`,
  noQuestion:
    'You have not set a security question. If you forget your password, only the helpdesk can reset it.',
  setQuestion: 'Set your security question',
  noTwoStep: 'You have not set up 2-step verification. It keeps others out even if they know your password.',
  twoStepFrom: (when: string) =>
    `Your account requires 2-step verification starting ${when}. From then on, you cannot continue after your password until you have set it up.`,
  setTwoStep: 'Set up 2-step verification',
  fewCodes: (left: number) =>
    left === 0
      ? 'You have no backup codes left. Without them, you cannot sign in if you lose your other ways.'
      : `You have only ${count(left, { one: '# backup code', other: '# backup codes' })} left.`,
  newCodes: 'Create new backup codes',
  /** `helpdesk`: where a new card comes from; undefined: people print it themselves. */
  fewOnCard: (left: number, helpdesk: string | undefined) =>
    [
      left === 0
        ? 'Your code card has no codes left.'
        : `Your code card has only ${count(left, { one: '# code', other: '# codes' })} left.`,
      ...(helpdesk === undefined ? [] : [`Ask ${helpdesk} for a new card.`]),
    ].join(' '),
  printCard: 'Print a new code card',
  nothingOpen: 'Nothing to do. Your account is all set.',
  termsEnd: (day: string) => `You will be asked to accept the Terms of Agreement again on ${day}.`,
  trainingOpen: 'Your training is not finished. Complete the course in Moodle.',
  renew: (renewal: string, course: string, day: string) =>
    `${renewal}: finish the course ${course} by ${day}.`,
  openCourse: 'Open the course in Moodle',
  trainingEnds: (day: string) => `Complete your training again by ${day}.`,
  newsHeading: 'News from the helpdesk',
  firstSignIn: 'This is your first sign-in.',
  lastSignIn: (when: string) => `Last sign-in: ${when}.`,
  failures: (failed: number) =>
    count(failed, {
      one: 'There has been # failed sign-in attempt since your last sign-in.',
      other: 'There have been # failed sign-in attempts since your last sign-in.',
    }),
  failuresAtFirst: (failed: number) =>
    count(failed, {
      one: 'There has been # failed sign-in attempt since your account was created.',
      other: 'There have been # failed sign-in attempts since your account was created.',
    }),
  failuresAdvice: 'If that was not you, contact the helpdesk.',
}

export type MenuWords = typeof words
