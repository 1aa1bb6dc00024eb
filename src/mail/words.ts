import { vocabulary } from '../web/vocabulary.ts'

/** What a security notice can be about. */
export type NoticeKind =
  | 'password-changed'
  | 'two-step-on'
  | 'two-step-off'
  | 'recovery-changed'
  | 'email-changed'
  | 'new-sign-in'

interface NoticeWords {
  readonly subject: string
  readonly what: (username: string) => string
}

const en = {
  greeting: (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`),
  helpdesk: (name: string, ways: string) => (ways === '' ? name : `${name} (${ways})`),
  foot: (helpdesk: string) =>
    `Nobody from the helpdesk ever asks for your password. Questions? Contact ${helpdesk}.`,
  username: 'Username',
  notice: {
    when: 'When',
    address: 'From the network address',
    browser: 'With',
    unknownBrowser: 'a browser that did not say its name',
    browserOn: (browser: string | undefined, system: string | undefined) =>
      [browser ?? 'a browser', system].filter(Boolean).join(' on '),
    wasYou: 'If this was you, there is nothing to do.',
    notYou:
      'If this was not you, press the link below. It shows what will happen before anything is changed. It works for 7 days.',
    notMe: 'This was not me',
  },
  notices: {
    'password-changed': {
      subject: 'Your password was changed',
      what: username =>
        `The password of your account ${username} was changed. Everyone who was signed in with the old one was signed out.`,
    },
    'two-step-on': {
      subject: '2-step verification was turned on',
      what: username =>
        `2-step verification was turned on for your account ${username}. From now on a sign-in asks for a code from the authenticator app.`,
    },
    'two-step-off': {
      subject: '2-step verification was turned off',
      what: username =>
        `2-step verification was turned off for your account ${username}. From now on a sign-in asks only for the password.`,
    },
    'recovery-changed': {
      subject: 'Your recovery information was changed',
      what: username =>
        `The security question of your account ${username} was set or changed. It is asked when you forget your password.`,
    },
    'email-changed': {
      subject: 'Your e-mail address was changed',
      what: username =>
        `The e-mail address of your account ${username} was changed. From now on its mail goes to the new address.`,
    },
    'new-sign-in': {
      subject: 'New sign-in',
      what: username =>
        `Someone signed in to your account ${username} with a browser that we had not seen before.`,
    },
  } satisfies Record<NoticeKind, NoticeWords>,
  lifecycle: {
    'dormancy-notice': {
      subject: 'Sign in to keep your account',
      what: (when: string) =>
        `You have not signed in for a long time. If you do not sign in by ${when}, your account goes to sleep. Nothing is deleted: the helpdesk can wake it up again.`,
    },
    'suspension-ended': {
      subject: 'You can sign in again',
      what: (when: string) =>
        `Your account was paused until ${when}. That time is over. You can sign in with the password that you have.`,
    },
    signIn: 'Sign in',
    help: (helpdesk: string) => `If you cannot sign in, contact ${helpdesk}.`,
  },
  reset: {
    subject: 'Reset your password',
    asked: 'Someone asked to set a new password for your account.',
    withLink: (minutes: number) =>
      `If that was you, open the link. It works once, for ${minutes} minutes. You will be asked your security question, and then for a new password.`,
    withLinkOnly: (minutes: number) =>
      `If that was you, open the link and choose a new password. It works once, for ${minutes} minutes.`,
    link: 'Reset your password',
    ignore: 'If that was not you, do nothing. Your password stays as it is.',
    noQuestion: (helpdesk: string) =>
      `No security question is set for this account, so the password cannot be reset by mail. Contact ${helpdesk}: they will help you in.`,
    barred: (helpdesk: string) =>
      `This account cannot be used at the moment, so there is no link in this mail. If you need the account, contact ${helpdesk}.`,
    guarded: (helpdesk: string) =>
      `This account was locked to keep it safe, so the password cannot be reset by mail. Contact ${helpdesk}: they will check that it is you and help you in.`,
  },
  welcome: {
    subject: 'Your account is ready',
    made: (site: string) => `An account for ${site} was made for you.`,
    organizations: 'Organizations',
    workgroups: 'Workgroups',
    withLink: (hours: number) =>
      `Open the link to set up your account and choose your own password. It works once, for ${hours} hours.`,
    link: 'Set up your account',
    withoutLink: (helpdesk: string) =>
      `To sign in for the first time you need a temporary password. You get it from ${helpdesk}, by phone or in person. It is never sent by mail.`,
    signIn: 'Sign in',
  },
}

export type MailWords = typeof en

export const wordsFor = vocabulary<MailWords>({ en })
