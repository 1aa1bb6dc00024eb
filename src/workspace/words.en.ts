import type { RefusalOf } from '../refusals.ts'

export const words = {
  title: 'Choose your settings',
  lead: 'You can work in more than one place. Choose where you are working now. You can change it later in the menu under your initials.',
  organization: 'Organization',
  workgroup: 'Workgroup',
  organizationHint: 'Decides which programs you enter data for.',
  workgroupHint: 'Decides which pages and forms you see.',
  choose: 'Choose one',
  use: 'Use These Settings',
  apply: 'Apply',
  allows: 'What each one is for',
  none: 'None',
  only: (workgroup: string, organizations: string) => `${workgroup} (only ${organizations})`,
  refusals: {
    'workspace.organization-missing': () => 'Choose one of your organizations.',
    'workspace.workgroup-missing': () => 'Choose one of your workgroups.',
    'workspace.workgroup-elsewhere': () =>
      'This workgroup does not go with that organization. Choose another workgroup, or the organization named beside it.',
  } satisfies Record<RefusalOf<'workspace'>, () => string>,
}

export type WorkspaceWords = typeof words
