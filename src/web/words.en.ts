/** The text of an error page: what happened and what to do next. */
interface ErrorWords {
  readonly title: string
  readonly what: string
  readonly next: string
}

export type ErrorStatus = 400 | 403 | 404 | 405 | 408 | 413 | 429 | 500 | 503
/** The store is away: a page could not be shown, or it is not known whether a form was saved. `full`: its disk is. */
export type AwayPage = 'away' | 'away-form' | 'full'

const errors: Readonly<Record<ErrorStatus | AwayPage, ErrorWords>> = {
  400: {
    title: 'This request could not be read',
    what: 'We did not receive everything your browser sent. Nothing was changed.',
    next: 'Go back one page and try again.',
  },
  403: {
    title: 'You cannot open this page',
    what: 'Your account does not have access here, or the page was open too long. Nothing was changed.',
    next: 'Go to the start page. If you need this page for your work, contact the helpdesk.',
  },
  404: {
    title: 'Page not found',
    what: 'There is no page at this address. It may have moved, or part of the address may be missing.',
    next: 'Check the address, or go to the start page.',
  },
  405: {
    title: 'This address cannot be used that way',
    what: 'The page exists, but it does not take this kind of request. Nothing was changed.',
    next: 'Go to the start page and open it from there.',
  },
  408: {
    title: 'It took too long to arrive',
    what: 'What you sent came too slowly or stopped on the way. Nothing was saved.',
    next: 'Go back and send it again, where the connection is better. A smaller file arrives sooner.',
  },
  413: {
    title: 'That was too much to send at once',
    what: 'What you sent is too large for this page. Nothing was saved.',
    next: 'Go back, make it shorter or choose a smaller file, and send it again.',
  },
  429: {
    title: 'Wait a little before you try again',
    what: 'There were many attempts in a short time. To keep accounts safe, this page is paused.',
    next: 'Wait a few minutes, then try again.',
  },
  500: {
    title: 'Something went wrong on our side',
    what: 'You did nothing wrong. We recorded what happened under the reference number below.',
    next: 'Try again in a few minutes. If it happens again, give the reference number to the helpdesk.',
  },
  503: {
    title: 'Many people are signing in right now',
    what: 'The service is busy and could not take your request. Nothing was changed.',
    next: 'Wait half a minute, then try again.',
  },
  away: {
    title: 'This page cannot be shown right now',
    what: 'You did nothing wrong. The service cannot reach its own records at the moment.',
    next: 'Wait half a minute, then open the page again.',
  },
  'away-form': {
    title: 'We do not know if this was saved',
    what: 'You did nothing wrong. The service lost touch with its own records. What you sent may be saved, or it may not.',
    next: 'Wait half a minute, then check whether it was saved before you send it again.',
  },
  full: {
    title: 'Nothing can be saved right now',
    what: 'You did nothing wrong. The disk of this service is full. What you sent was not saved.',
    next: 'Tell the helpdesk. Once there is room on the disk, send it again.',
  },
}

export const words = {
  product: 'Lintel',
  refusedTitle: (title: string) => `Error: ${title}`,
  skipToContent: 'Skip to main content',
  privacy: 'Privacy notice',
  accessibility: 'Accessibility',
  youAreHere: 'You are here',
  zone: (name: string) => `Times are ${name}.`,
  progress: (step: number, of: number) => `Step ${step} of ${of}`,
  startPage: (site: string) => `${site}, start page`,
  menu: 'Menu',
  consoleMenu: 'Console',
  siteNotice: 'About this site',
  help: 'Need help?',
  callOrWrite: (name: string) => `Contact ${name}`,
  problem: 'There is a problem',
  errorPrefix: 'Error:',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  newTab: '(opens in a new tab)',
  previous: 'Previous',
  next: 'Next',
  pages: 'Pages',
  copy: 'Copy',
  copied: 'Copied',
  print: 'Print',
  printByHand: 'To print this page, use the print command in your browser.',
  ruleMet: 'met',
  ruleOpen: 'not met yet',
  nothingHere: 'Nothing to show yet.',
  goToStart: 'Go to the start page',
  reference: 'Reference number',
  retryAfter: (seconds: number) =>
    seconds < 90 ? `Try again in ${seconds} seconds.` : `Try again in ${Math.ceil(seconds / 60)} minutes.`,
  errors,
}

export type WebWords = typeof words
