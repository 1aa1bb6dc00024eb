export const words = {
  opening: (application: string) => `Opening ${application}`,
  openingLead: 'It opens automatically in a moment. If it does not, select Continue.',
  continue: 'Continue',
  closed: (application: string) => `You cannot open ${application}`,
  closedAs: (place: string) => `You are working as ${place}, which does not include it.`,
  closedNowhere: 'You have not been added to an organization or workgroup yet.',
  closedNext: (helpdesk: string) =>
    `Change your organization or workgroup if you have another one, or contact ${helpdesk}.`,
  home: 'Go to Home',
  change: 'Change settings',
  setUp: 'Set up 2-step verification first',
  setUpLead: (application: string) =>
    `${application} asks for 2-step verification, and you have not set it up yet. Set it up, then open ${application} again.`,
  setUpButton: 'Set up 2-step verification',
}

export type OpenidWords = typeof words
