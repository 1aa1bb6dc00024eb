import type { Command, Verb } from './command.ts'

/** The same verb for organizations and workgroups. */
const places = (of: (house: typeof import('./place.ts')) => Command) => async () => ({
  command: of(await import('./place.ts')),
})

const courses = (of: (house: typeof import('./course.ts')) => Command) => async () => ({
  command: of(await import('./course.ts')),
})

/** Every verb, in the order in which the help lists them. */
export const verbs: Readonly<Record<string, Verb>> = {
  'account create': {
    summary: 'Create an account and print its temporary password.',
    load: () => import('./account-create.ts'),
  },
  'account show': { summary: 'Show the state of an account.', load: () => import('./account-show.ts') },
  'account list': { summary: 'List accounts.', load: () => import('./account-list.ts') },
  'account reset': {
    summary: 'Issue a temporary password, or remove 2-step verification or the security question.',
    load: () => import('./account-reset.ts'),
  },
  'account unlock': {
    summary: 'End the waits after wrong passwords.',
    load: () => import('./account-unlock.ts'),
  },
  'account lock-down': {
    summary: 'Lock down a stolen account: sessions, password and links.',
    load: () => import('./account-lock-down.ts'),
  },
  'account deactivate': {
    summary: 'Deactivate an account until it is reactivated.',
    load: () => import('./account-deactivate.ts'),
  },
  'account reactivate': {
    summary: 'Make an account active again.',
    load: () => import('./account-reactivate.ts'),
  },
  'account left': {
    summary: 'Say that somebody left an organization.',
    load: () => import('./account-left.ts'),
  },
  'account move': {
    summary: 'Move somebody from one organization to another.',
    load: () => import('./account-move.ts'),
  },
  'account import': {
    summary: 'Create an account for each row of a CSV file, all or none.',
    load: () => import('./account-import.ts'),
  },
  'account compare': {
    summary: 'Compare the user list of another system with the accounts here.',
    load: () => import('./account-compare.ts'),
  },
  'application create': {
    summary: 'Register an application and print what it needs.',
    load: () => import('./application-create.ts'),
  },
  'application show': {
    summary: 'Say how an application is registered.',
    load: () => import('./application-show.ts'),
  },
  'application list': { summary: 'List applications.', load: () => import('./application-list.ts') },
  'application secret': {
    summary: 'Give an application a second secret, or take the older one away.',
    load: () => import('./application-secret.ts'),
  },
  'application disable': {
    summary: 'Shut an application for everybody.',
    load: () => import('./application-disable.ts'),
  },
  'application enable': {
    summary: 'Open an application again.',
    load: () => import('./application-enable.ts'),
  },
  'application end': {
    summary: 'End what everybody has open in an application.',
    load: () => import('./application-end.ts'),
  },
  'application key': {
    summary: 'Change the key that answers to applications are signed with.',
    load: () => import('./application-key.ts'),
  },
  'audit verify': {
    summary: 'Check that the audit log is intact, or name its first broken record.',
    load: () => import('./audit-verify.ts'),
  },
  'audit export': {
    summary: 'Write the audit log as CSV or JSON Lines.',
    load: () => import('./audit-export.ts'),
  },
  'audit access': {
    summary: 'Write who had access to what on a day, or what ended between two.',
    load: () => import('./audit-access.ts'),
  },
  'contact add': {
    summary: 'Make somebody the contact of an agency.',
    load: () => import('./contact-add.ts'),
  },
  'contact remove': {
    summary: 'Take the role of an agency contact away.',
    load: () => import('./contact-remove.ts'),
  },
  'terms publish': {
    summary: 'Publish a new version of the terms.',
    load: () => import('./terms-publish.ts'),
  },
  'policy list': { summary: 'List the policies.', load: () => import('./policy-list.ts') },
  'policy set': { summary: 'Change a policy.', load: () => import('./policy-set.ts') },
  'organization list': {
    summary: 'List organizations.',
    load: places(({ placeList }) => placeList('organization')),
  },
  'organization create': {
    summary: 'Make an organization.',
    load: places(({ placeCreate }) => placeCreate('organization')),
  },
  'organization set': {
    summary: 'Change or retire an organization.',
    load: places(({ placeSet }) => placeSet('organization')),
  },
  'workgroup list': { summary: 'List workgroups.', load: places(({ placeList }) => placeList('workgroup')) },
  'workgroup create': {
    summary: 'Make a workgroup.',
    load: places(({ placeCreate }) => placeCreate('workgroup')),
  },
  'workgroup set': {
    summary: 'Change or retire a workgroup.',
    load: places(({ placeSet }) => placeSet('workgroup')),
  },
  'course list': {
    summary: 'List the courses that people have to finish.',
    load: courses(({ courseList }) => courseList),
  },
  'course add': {
    summary: 'Add a course that people have to finish.',
    load: courses(({ courseAdd }) => courseAdd),
  },
  'course set': {
    summary: 'Change or retire a course.',
    load: courses(({ courseSet }) => courseSet),
  },
  'secret add': {
    summary: 'Add a key to the secret file, to be used later.',
    load: () => import('./secret-add.ts'),
  },
  'secret use': {
    summary: 'Use another key of the secret file from the next start on.',
    load: () => import('./secret-use.ts'),
  },
  'secret reseal': {
    summary: 'Seal what is stored with the key in use.',
    load: () => import('./secret-reseal.ts'),
  },
  'secret retire': {
    summary: 'Believe a key no more that somebody may have seen.',
    load: () => import('./secret-retire.ts'),
  },
  'database prepare': {
    summary: 'Let a role of PostgreSQL run Lintel without owning its tables.',
    load: () => import('./database-prepare.ts'),
  },
  backup: { summary: 'Copy the store into a file, while Lintel runs.', load: () => import('./backup.ts') },
  restore: { summary: 'Replace the store with a backup.', load: () => import('./restore.ts') },
  move: {
    summary: 'Move the store from SQLite to PostgreSQL, or back.',
    load: () => import('./move.ts'),
  },
  doctor: { summary: 'Look for what is wrong and say what to do.', load: () => import('./doctor.ts') },
  completion: {
    summary: 'Print what bash completes verbs by.',
    load: async () => (await import('./completion.ts')).completionOf(verbs),
  },
}
