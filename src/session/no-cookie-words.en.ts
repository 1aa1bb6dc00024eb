export const words = {
  title: 'Allow cookies to continue',
  lead: 'Your browser did not send back a cookie from this site. Nothing was sent, and nothing was changed.',
  steps: [
    'Allow cookies for this site in the settings of your browser.',
    'Then try again. If you came from a link in an email, open it again: it still works.',
  ],
  help: (helpdesk: string) => `If you see this page again, contact ${helpdesk}.`,
}

export type NoCookieWords = typeof words
