export const words = {
  opening: (application: string) => `Opening ${application}`,
  openingLead: 'It opens automatically in a moment. If it does not, select Continue.',
  continue: 'Continue',
  closed: (application: string) => `You cannot open ${application}`,
  closedAs: (place: string) => `You are working as ${place}, which does not include it.`,
  closedNowhere: 'You have not been added to an organization or workgroup yet.',
  closedNext: (helpdesk: string) =>
    `Change your organization or workgroup if you have another one, or contact ${helpdesk}.`,
  place: (application: string) => `Where do you work in ${application}?`,
  placeLead: 'This becomes your organization and workgroup here too, until you change it.',
  signOutQuestion: 'Sign out?',
  leaveLead: 'You will be signed out of every application that you opened from here.',
  leaveLeadFor: (application: string) =>
    `${application} asks you to sign out. You will be signed out of every application that you opened from here.`,
  leaveButton: 'Sign Out',
  stay: 'Stay signed in',
  left: 'You are signed out',
  leftLead: (application: string) =>
    `You go back to ${application} in a moment. If you do not, select Continue.`,
  home: 'Go to Home',
  change: 'Change settings',
  setUp: 'Set up 2-step verification first',
  setUpLead: (application: string) =>
    `${application} asks for 2-step verification, and you have not set it up yet. Set it up, then open ${application} again.`,
  setUpButton: 'Set up 2-step verification',
}

export type OpenidWords = typeof words
