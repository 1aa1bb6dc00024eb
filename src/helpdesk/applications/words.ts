import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { ActName } from './acts.ts'
import type { Way } from './entry.ts'

const count = plurals('en-US')

interface ActWords {
  readonly name: string
  readonly title: (application: string) => string
  readonly effects: readonly string[]
  readonly did: string
}

const en = {
  title: 'Applications',
  lead: 'What people open from Lintel with the same sign-in. Sign Out closes them too.',
  register: 'Register an application',
  columns: ['Name', 'Kind', 'Who may use it', 'Last used', 'State'],
  nothing: 'No application is registered yet.',
  never: 'Never',
  enabled: 'Enabled',
  disabled: 'Disabled',
  disabledSince: (when: string) => `Disabled since ${when}. Nobody can open it.`,
  everyone: 'Everyone',
  some: 'Only some people',
  someAre: (list: string) => `Only ${list}`,
  preset: 'Kind of application',
  presetHint: 'Lintel sets what this kind needs.',
  name: 'Name',
  nameHint: 'People see it on Home and when they sign in.',
  redirectUris: 'Redirect addresses',
  redirectHint:
    'Where the application takes people back after sign-in. One to a line, exactly as the application sends it.',
  redirectOf: 'What each kind uses',
  who: 'Who may use it',
  whoChoices: { everyone: 'Everyone who can sign in', some: 'Only people who match one of the boxes below' },
  whoHint: 'For organizations and workgroups, what counts is where a person is working in this sign-in.',
  roles: 'Roles',
  workgroups: 'Workgroups',
  organizations: 'Organizations',
  onHome: 'On Home',
  signingOut: 'Signing out',
  purpose: 'What it is for',
  purposeHint: 'One line. People see it on Home.',
  launchUrl: 'Address to open',
  launchHint: 'Home opens it there. Leave blank to keep it off Home.',
  second: 'It opens only after 2-step verification',
  secondStep: '2-step verification',
  secondOn: 'Needed to open it',
  secondOff: 'Not needed',
  backchannelUri: 'Back-channel sign-out address',
  backchannelHint:
    'Lintel tells the application there that a session has ended. Leave blank if it cannot listen.',
  signOutUris: 'Addresses after sign-out',
  signOutHint: 'Where the application may lead people after Sign Out. One to a line.',
  more: 'More settings',
  pkceException: 'Why it cannot use PKCE',
  pkceHint: 'Leave blank if it can. PKCE keeps a stolen code from working.',
  waysLabel: 'How it works',
  ways: {
    jwt: 'It reads access tokens itself (JWT). Lintel cannot take such a token back: it works up to 5 minutes after sign-out.',
    formPost: 'It takes its code in a form (form_post).',
    pairwise: 'It knows people under an ID that no other application sees.',
    asks: 'People choose their organization and workgroup each time they open it.',
    active: 'When it renews its sign-in, that counts as activity. Leave this off if it renews on a timer.',
  } satisfies Record<Way, string>,
  reason: 'Reason',
  reasonOptional: 'Reason (optional)',
  reasonHint: 'The audit log keeps it.',
  registerButton: 'Register',
  edit: 'Edit',
  editTitle: (name: string) => `Edit ${name}`,
  save: 'Save',
  cancel: 'Cancel',
  changed: 'Someone else saved this application. These are its settings now. Yours are still below.',
  registered: (name: string) => `${name} is registered`,
  newSecret: (name: string) => `A second secret for ${name}`,
  copyNow: 'Copy the secret now. This page is the only one that ever shows it.',
  copyInto: 'Enter these values in the application.',
  changeOver: 'Enter the new secret in the application. Both secrets work until you remove the older one.',
  issuer: 'Issuer',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  discovery: 'Discovery address',
  toApplication: (name: string) => `Go to ${name}`,
  kind: 'Kind',
  blank: 'None',
  offHome: 'None, so it is not on Home',
  noBackchannel: 'None. After sign-out it stays open until it next asks Lintel.',
  tokens: 'Access tokens',
  tokenForms: {
    opaque: 'Checked by Lintel each time. They stop at once.',
    jwt: 'JWT. They work up to 5 minutes after sign-out.',
  },
  pkce: 'PKCE',
  pkceOn: 'Required',
  pkceOff: (why: string) => `Not required. ${why}`,
  alsoSo: 'Also',
  lastUsed: 'Last used',
  openNow: 'Open now',
  openIn: (sessions: number) =>
    sessions === 0 ? 'In no session' : `In ${count(sessions, { one: '# session', other: '# sessions' })}`,
  secrets: 'Secrets',
  secretColumns: ['Added', 'Last used'],
  notices: 'Sign-out notices that failed',
  noticesLead:
    'The application did not answer when Lintel told it that a session had ended. The person may still have it open there.',
  noticeColumns: ['When', 'Person', 'What went wrong', 'Next try'],
  tried: (said: string, tries: number) => `${said} (${count(tries, { one: '# try', other: '# tries' })})`,
  givenUp: 'Given up',
  willHappen: 'What will happen',
  jwtLasts:
    'It reads access tokens itself, and Lintel cannot take those back. They work up to 5 minutes longer.',
  acts: {
    'add-secret': {
      name: 'Add a secret',
      title: name => `Add a secret: ${name}`,
      effects: [
        'The next page shows a second secret, once.',
        'Both secrets work, so people can keep working while you change it over.',
        'Remove the older secret when the new one is in use.',
      ],
      did: '',
    },
    'remove-secret': {
      name: 'Remove the older secret',
      title: name => `Remove the older secret: ${name}`,
      effects: [
        'The older secret stops working at once.',
        'If the application still uses it, nobody can open the application.',
      ],
      did: 'The older secret was removed.',
    },
    end: {
      name: 'End all its sessions',
      title: name => `End all sessions: ${name}`,
      effects: [
        'Everyone who has it open must open it again. Their sign-in to Lintel goes on.',
        'They can open it again right away. To keep people out, disable it.',
      ],
      did: 'All its sessions were ended.',
    },
    disable: {
      name: 'Disable',
      title: name => `Disable ${name}`,
      effects: [
        'Nobody can open it, and it disappears from Home.',
        'What it got from Lintel stops working the next time it asks.',
        'Nothing is deleted. You can enable it again.',
      ],
      did: 'The application was disabled.',
    },
    enable: {
      name: 'Enable',
      title: name => `Enable ${name}`,
      effects: ['People who may use it can open it again.'],
      did: 'The application was enabled.',
    },
  } satisfies Record<ActName, ActWords>,
  edited: 'The application was changed.',
}

export type ApplicationsWords = typeof en

export const wordsFor = vocabulary<ApplicationsWords>({ en })
