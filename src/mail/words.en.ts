import { plurals } from '../web/plurals.ts'

/** Subjects of a security notice. */
export type NoticeKind =
  | 'password-changed'
  | 'two-step-on'
  | 'two-step-off'
  | 'way-added'
  | 'way-removed'
  | 'app-replaced'
  | 'card-printed'
  | 'backup-codes-renewed'
  | 'recovery-changed'
  | 'email-changed'
  | 'new-sign-in'

/** Actions of the helpdesk that the person is told about. */
export type DeskNoticeKind =
  | 'temporary-password'
  | 'two-step-reset'
  | 'code-card-given'
  | 'way-removed'
  | 'question-reset'
  | 'email-changed'
  | 'record-changed'
  | 'locked-down'
  | 'deactivated'
  | 'suspended'
  | 'reactivated'
  | 'leaving-planned'
  | 'role-changed'
  | 'access-changed'
  | 'contact-changed'

/** What an agency's contact reports, asks for or confirms: letters to the person, to the contact and to the helpdesk. */
export type AgencyLetterKind =
  | 'left'
  | 'will-leave'
  | 'moved'
  | 'will-move'
  | 'stays'
  | 'leaver-reported'
  | 'leaver-taken-back'
  | 'request-asked'
  | 'request-accepted'
  | 'request-declined'
  | 'request-more-needed'
  | 'request-stale'
  | 'review-started'
  | 'review-reminder'
  | 'not-confirmed'
  | 'renewal-person'
  | 'renewal-contact'
  | 'renewal-over'

interface AgencyWords {
  readonly subject: string
  /** `about`: a day, whom a request is about, or the name of a review. */
  readonly what: (organization: string, about: string, day: string) => string
}

/** What may be changed in the record of a person, besides their name and email address. */
export type RecordPart = 'workPhone' | 'workExtension' | 'jobTitle' | 'supervisor' | 'primaryOrganization'

interface DeskWords {
  readonly subject: string
  /** `about`: the time that it is about, in words, or the parts of the record. */
  readonly what: (username: string, about: string) => string
}

interface NoticeWords {
  readonly subject: string
  readonly what: (username: string) => string
}

const count = plurals('en-US')

export const words = {
  greeting: (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`),
  helpdesk: (name: string, ways: readonly string[]) =>
    ways.length === 0 ? name : `${name} at ${ways.join(' or ')}`,
  neverAsks: 'The helpdesk never asks for your password.',
  questions: (helpdesk: string) => `Questions? Contact ${helpdesk}.`,
  username: 'Username',
  notice: {
    when: 'When',
    browser: 'Browser',
    unknownBrowser: 'unknown',
    browserOn: (browser: string | undefined, system: string | undefined) =>
      [browser ?? 'a browser', system].filter(Boolean).join(' on '),
    wasYou: 'If this was you, you do not need to do anything.',
    notYou: (days: number) =>
      `If this was not you, select the link below. You will see what happens before anything changes. The link works for ${count(days, { one: '# day', other: '# days' })}.`,
    notMe: 'This was not me',
    notAsked: (days: number) =>
      `If you asked for this, you do not need to do anything. If you did not, select the link below. You will see what happens before anything changes. The link works for ${count(days, { one: '# day', other: '# days' })}.`,
    questions: (helpdesk: string) => `If you did not expect this, contact ${helpdesk}.`,
  },
  desk: {
    'temporary-password': {
      subject: 'The helpdesk set a temporary password for you',
      what: username =>
        `The helpdesk set a temporary password for your account ${username}. Your old password no longer works, and all sessions were signed out.`,
    },
    'two-step-reset': {
      subject: 'The helpdesk turned off 2-step verification',
      what: username =>
        `The helpdesk turned off 2-step verification for your account ${username}. Your authenticator app and backup codes no longer work for it.`,
    },
    'code-card-given': {
      subject: 'The helpdesk gave you a code card',
      what: username =>
        `The helpdesk gave you a printed code card for your account ${username}. From now on, you need your password and a code from the card, or another way that you have set up, to sign in. Any older card no longer works.`,
    },
    'way-removed': {
      subject: 'The helpdesk removed a way to sign in',
      what: username =>
        `The helpdesk removed one of the ways to prove that it is you from your account ${username}. All sessions were ended. Security Settings shows the ways that you still have.`,
    },
    'question-reset': {
      subject: 'The helpdesk removed your security question',
      what: username =>
        `The helpdesk removed the security question of your account ${username}. You will be asked for a new one at your next sign-in.`,
    },
    'email-changed': {
      subject: 'The helpdesk changed your email address',
      what: username =>
        `The helpdesk changed the email address of your account ${username}. From now on, we email you at the new address. Links that we emailed to this address no longer work.`,
    },
    'record-changed': {
      subject: 'The helpdesk changed your record',
      what: (username, parts) =>
        `The helpdesk changed this in the record of your account ${username}: ${parts}.`,
    },
    'locked-down': {
      subject: 'Your account was locked down',
      what: username =>
        `The helpdesk locked down your account ${username} to keep it safe. All sessions were signed out, and your password no longer works. To get back in, you need a new password from the helpdesk.`,
    },
    deactivated: {
      subject: 'Your account was deactivated',
      what: username => `Your account ${username} was deactivated. You can no longer sign in with it.`,
    },
    suspended: {
      subject: 'Your account is suspended',
      what: (username, moment) =>
        `Your account ${username} is suspended until ${moment}. You cannot sign in before then. It will reopen automatically.`,
    },
    reactivated: {
      subject: 'Your account is active again',
      what: username =>
        `Your account ${username} is active again. You can sign in with your current password.`,
    },
    'leaving-planned': {
      subject: 'Your account will close',
      what: (username, moment) =>
        `Your account ${username} will close on ${moment}. You can sign in until then.`,
    },
    'role-changed': {
      subject: 'Your role was changed',
      what: username =>
        `The role of your account ${username} was changed. You can see your role in the menu under your initials.`,
    },
    'access-changed': {
      subject: 'Your access was changed',
      what: username =>
        `The organizations or workgroups of your account ${username} were changed. The change takes effect the next time you open a page.`,
    },
    'contact-changed': {
      subject: 'Your work as an agency contact changed',
      what: username =>
        `The helpdesk changed which organizations you, ${username}, are the contact of. An agency contact asks for accounts, says who left, and confirms who still works there. You were signed out. After you sign in, Home shows what you can do.`,
    },
  } satisfies Record<DeskNoticeKind, DeskWords>,
  recordParts: {
    workPhone: 'work phone',
    workExtension: 'extension',
    jobTitle: 'job title',
    supervisor: 'supervisor',
    primaryOrganization: 'primary organization',
  } satisfies Record<RecordPart, string>,
  agency: {
    left: {
      subject: 'Your access has ended',
      what: organization =>
        `${organization} told us that you no longer work there. Your access through ${organization} has ended, and you were signed out.`,
    },
    'will-leave': {
      subject: 'Your access will end',
      what: (organization, _about, day) =>
        `${organization} told us that your last day there is ${day}. Your access through ${organization} ends when that day is over.`,
    },
    moved: {
      subject: 'Your access was moved',
      what: (organization, about) =>
        `Your access was moved from ${organization} to ${about}, and you were signed out. Sign in again to work for ${about}.`,
    },
    'will-move': {
      subject: 'Your access will be moved',
      what: (organization, about, day) =>
        `Your access will be moved from ${organization} to ${about} when ${day} is over.`,
    },
    stays: {
      subject: 'Your access continues',
      what: organization =>
        `${organization} told us that you still work there. The earlier report was taken back.`,
    },
    'leaver-reported': {
      subject: 'Leaver reported',
      what: (organization, about, day) =>
        `The contact of ${organization} reported that ${about} left. Last day: ${day}.`,
    },
    'leaver-taken-back': {
      subject: 'Leaver report taken back',
      what: (organization, about) =>
        `The contact of ${organization} took back the report that ${about} left.`,
    },
    'request-asked': {
      subject: 'A request is waiting',
      what: (organization, about) => `The contact of ${organization} sent a request. It is about ${about}.`,
    },
    'request-accepted': {
      subject: 'Your request was accepted',
      what: (organization, about) => `The helpdesk accepted your request for ${organization} about ${about}.`,
    },
    'request-declined': {
      subject: 'Your request was declined',
      what: (organization, about) => `The helpdesk declined your request for ${organization} about ${about}.`,
    },
    'request-more-needed': {
      subject: 'Your request needs more',
      what: (organization, about) =>
        `The helpdesk needs to know more about your request for ${organization} about ${about}. Open it, add what is missing, and send it again.`,
    },
    'request-stale': {
      subject: 'Your request has ended',
      what: (organization, about) =>
        `Your request for ${organization} about ${about} waited for your answer too long, so it has ended. If you still need it, send a new one.`,
    },
    'review-started': {
      subject: 'Confirm who still works with you',
      what: (organization, about, day) =>
        `Confirm by ${day} who still works at ${organization}. You can stop at any time and go on later. The review is called ${about}.`,
    },
    'review-reminder': {
      subject: 'Reminder: confirm who still works with you',
      what: (organization, about, day) =>
        `Some people at ${organization} are not confirmed yet. The last day is ${day}. The review is called ${about}.`,
    },
    'not-confirmed': {
      subject: 'Your access is suspended',
      what: (organization, about) =>
        `Nobody confirmed in the access review ${about} that you still work at ${organization}. Your access through ${organization} is suspended, and you were signed out. If you still work there, ask your agency contact to tell the helpdesk.`,
    },
    'renewal-person': {
      subject: 'Renew your access',
      what: (_, about, day) =>
        `Your access has to be renewed by ${day}. Sign in: Home shows what to do. The renewal is called ${about}.`,
    },
    'renewal-contact': {
      subject: 'Who at your agency has not renewed',
      what: (organization, about, day) =>
        `Some people at ${organization} have not renewed their access yet. The last day is ${day}. You see their names at your desk. The renewal is called ${about}.`,
    },
    'renewal-over': {
      subject: 'Your access has to be renewed first',
      what: (_, about) =>
        `The renewal ${about} is over, and you have not renewed your access. Finish your training in Moodle and accept the terms when you sign in. Then you can work again.`,
    },
  } satisfies Record<AgencyLetterKind, AgencyWords>,
  agencyParts: {
    by: 'Reported by',
    answer: 'The helpdesk says',
    open: 'Open',
    wrong: (helpdesk: string) => `If this is wrong, contact ${helpdesk}.`,
  },
  notices: {
    'password-changed': {
      subject: 'Your password was changed',
      what: username =>
        `The password of your account ${username} was changed. All sessions that used the old one were signed out.`,
    },
    'two-step-on': {
      subject: '2-step verification was turned on',
      what: username =>
        `2-step verification was turned on for your account ${username}. From now on, your password alone no longer opens it: you also prove that it is you, such as with a code.`,
    },
    'two-step-off': {
      subject: '2-step verification was turned off',
      what: username =>
        `2-step verification was turned off for your account ${username}. From now on, you need only your password to sign in.`,
    },
    'way-added': {
      subject: 'A way to sign in was added',
      what: username =>
        `One more way to prove that it is you was added to your account ${username}. All other sessions of the account were ended. Security Settings shows all your ways.`,
    },
    'way-removed': {
      subject: 'A way to sign in was removed',
      what: username =>
        `One of the ways to prove that it is you was removed from your account ${username}. All other sessions of the account were ended. Security Settings shows the ways that you still have.`,
    },
    'app-replaced': {
      subject: 'Your authenticator app was replaced',
      what: username =>
        `An authenticator app of your account ${username} was replaced with a new one. The old one no longer works. All other sessions of the account were ended.`,
    },
    'card-printed': {
      subject: 'A code card was printed',
      what: username =>
        `A code card was printed for your account ${username}. Any older card no longer works. All other sessions of the account were ended.`,
    },
    'backup-codes-renewed': {
      subject: 'New backup codes were made',
      what: username =>
        `New backup codes were made for your account ${username}. The old ones no longer work. All other sessions of the account were ended.`,
    },
    'recovery-changed': {
      subject: 'Your recovery information was changed',
      what: username =>
        `The security question of your account ${username} was set or changed. We ask it if you forget your password.`,
    },
    'email-changed': {
      subject: 'Your email address was changed',
      what: username =>
        `The email address of your account ${username} was changed. From now on, we email you at the new address.`,
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
        `You have not signed in for a long time. If you do not sign in by ${when}, your account will become inactive. Nothing is deleted, and the helpdesk can reactivate it.`,
    },
    'training-notice': {
      subject: 'Do your training again',
      what: (when: string) =>
        `Your training expires on ${when}. Complete the course in Moodle again before then. After that, you cannot sign in until you have completed it.`,
    },
    'two-step-due': {
      subject: 'Set up 2-step verification',
      what: (when: string) =>
        `Starting ${when}, your account needs 2-step verification: after your password, you prove that it is you with an authenticator app, a key, or a printed code card. You can set it up now: sign in and open Security Settings. After that day, you cannot continue after your password until you have set it up. No phone? The helpdesk tells you what else works.`,
    },
    'suspension-ended': {
      subject: 'You can sign in again',
      what: (when: string) =>
        `Your account was suspended until ${when}. It is active again. You can sign in with your current password.`,
    },
    signIn: 'Sign in',
    help: (helpdesk: string) => `If you cannot sign in, contact ${helpdesk}.`,
  },
  reset: {
    subject: 'Reset your password',
    asked: 'Someone asked to reset the password for your account.',
    withLink: (minutes: number) =>
      `If that was you, open the link. It works once, for ${count(minutes, { one: '# minute', other: '# minutes' })}. You will answer your security question, then choose a new password.`,
    withLinkOnly: (minutes: number) =>
      `If that was you, open the link and choose a new password. It works once, for ${count(minutes, { one: '# minute', other: '# minutes' })}.`,
    link: 'Reset your password',
    ignore: 'If that was not you, do nothing. Your password will not change.',
    noQuestion: (helpdesk: string) =>
      `No security question is set for this account, so the password cannot be reset by email. Contact ${helpdesk}. They can help you sign in.`,
    barred: (helpdesk: string) =>
      `This account cannot be used at the moment, so there is no link in this email. If you need the account, contact ${helpdesk}.`,
    guarded: (helpdesk: string) =>
      `This account was locked down to keep it safe, so the password cannot be reset by email. Contact ${helpdesk}. They will confirm that it is you, and they can help you sign in.`,
  },
  welcome: {
    subject: 'Your account is ready',
    made: (site: string) => `We created an account for you on ${site}.`,
    organizations: 'Organizations',
    workgroups: 'Workgroups',
    withLink: (hours: number) =>
      `Open the link to set up your account and choose your own password. It works for ${count(hours, { one: '# hour', other: '# hours' })}. If you are interrupted, open it again to continue.`,
    link: 'Set up your account',
    withoutLink: (helpdesk: string) =>
      `To sign in for the first time, you need a temporary password. Get it by phone or in person. We never send it by email. Contact ${helpdesk}.`,
    signIn: 'Sign in',
  },
}

export type MailWords = typeof words
