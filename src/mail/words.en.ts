/** What a security notice can be about. */
export type NoticeKind =
  | 'password-changed'
  | 'two-step-on'
  | 'two-step-off'
  | 'backup-codes-renewed'
  | 'recovery-changed'
  | 'email-changed'
  | 'new-sign-in'

/** What the helpdesk did that the person is told of. */
export type DeskNoticeKind =
  | 'temporary-password'
  | 'two-step-reset'
  | 'question-reset'
  | 'email-changed'
  | 'locked-down'
  | 'deactivated'
  | 'suspended'
  | 'reactivated'
  | 'leaving-planned'
  | 'role-changed'
  | 'access-changed'

interface DeskWords {
  readonly subject: string
  /** `moment`: the time that it is about, in words. */
  readonly what: (username: string, moment: string) => string
}

interface NoticeWords {
  readonly subject: string
  readonly what: (username: string) => string
}

export const words = {
  greeting: (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`),
  helpdesk: (name: string, ways: string) => (ways === '' ? name : `${name} (${ways})`),
  foot: (helpdesk: string) =>
    `Nobody from the helpdesk ever asks for your password. Questions? Contact ${helpdesk}.`,
  username: 'Username',
  notice: {
    when: 'When',
    browser: 'With',
    unknownBrowser: 'a browser that did not say its name',
    browserOn: (browser: string | undefined, system: string | undefined) =>
      [browser ?? 'a browser', system].filter(Boolean).join(' on '),
    wasYou: 'If this was you, there is nothing to do.',
    notYou:
      'If this was not you, press the link below. It shows what will happen before anything is changed. It works for 7 days.',
    notMe: 'This was not me',
    notAsked:
      'If you asked for this, there is nothing to do. If you did not, press the link below. It shows what will happen before anything is changed. It works for 7 days.',
    questions: (helpdesk: string) => `If you did not expect this, contact ${helpdesk}.`,
  },
  desk: {
    'temporary-password': {
      subject: 'The helpdesk gave out a new password for you',
      what: username =>
        `The helpdesk set a temporary password for your account ${username}. The one that you had no longer works, and everyone who was signed in was signed out.`,
    },
    'two-step-reset': {
      subject: 'The helpdesk turned off 2-step verification',
      what: username =>
        `The helpdesk turned off 2-step verification for your account ${username}. Your authenticator app and your backup codes for it no longer work.`,
    },
    'question-reset': {
      subject: 'The helpdesk removed your security question',
      what: username =>
        `The helpdesk removed the security question of your account ${username}. Your next sign-in asks you for a new one.`,
    },
    'email-changed': {
      subject: 'The helpdesk changed your e-mail address',
      what: username =>
        `The helpdesk changed the e-mail address of your account ${username}. From now on its mail goes to the new address. Links that were mailed to you here no longer work.`,
    },
    'locked-down': {
      subject: 'Your account was locked',
      what: username =>
        `The helpdesk locked your account ${username} to keep it safe. Everyone who was signed in was signed out, and the password no longer works. To get back in you need a new password from the helpdesk.`,
    },
    deactivated: {
      subject: 'Your account was closed',
      what: username => `Your account ${username} was closed. You cannot sign in with it any more.`,
    },
    suspended: {
      subject: 'Your account is paused',
      what: (username, moment) =>
        `Your account ${username} is paused until ${moment}. You cannot sign in before then. After that it works again by itself.`,
    },
    reactivated: {
      subject: 'Your account is open again',
      what: username =>
        `Your account ${username} is open again. You can sign in with the password that you have.`,
    },
    'leaving-planned': {
      subject: 'Your account will close',
      what: (username, moment) =>
        `Your account ${username} will close on ${moment}. You can sign in until then.`,
    },
    'role-changed': {
      subject: 'Your role was changed',
      what: username =>
        `The role of your account ${username} was changed. You see it in the menu with your name.`,
    },
    'access-changed': {
      subject: 'Your access was changed',
      what: username =>
        `The organizations or workgroups of your account ${username} were changed. It holds from the next page that you open.`,
    },
  } satisfies Record<DeskNoticeKind, DeskWords>,
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
    'backup-codes-renewed': {
      subject: 'New backup codes were made',
      what: username =>
        `New backup codes were made for your account ${username}. The old ones no longer work. All other sessions of the account were ended.`,
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
    'training-notice': {
      subject: 'Do your training again',
      what: (when: string) =>
        `Your training ends on ${when}. Finish the course in Moodle once more before then. After that day you cannot sign in until you have done it.`,
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

export type MailWords = typeof words
