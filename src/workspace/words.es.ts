import type { WorkspaceWords } from './words.en.ts'

export const words: WorkspaceWords = {
  title: 'Elija su configuración',
  lead: 'Usted puede trabajar en más de un lugar. Elija dónde va a trabajar ahora. Puede cambiarlo después en el menú con sus iniciales.',
  organization: 'Organización',
  workgroup: 'Grupo de trabajo',
  organizationHint: 'Decide para qué programas ingresa datos.',
  workgroupHint: 'Decide qué páginas y formularios ve.',
  choose: 'Elija uno',
  use: 'Usar esta configuración',
  apply: 'Aplicar',
  allows: 'Para qué sirve cada uno',
  none: 'Ninguno',
  only: (workgroup, organizations) => `${workgroup} (solo ${organizations})`,
  refusals: {
    'workspace.organization-missing': () => 'Elija una de sus organizaciones.',
    'workspace.workgroup-missing': () => 'Elija uno de sus grupos de trabajo.',
    'workspace.workgroup-elsewhere': () =>
      'Este grupo de trabajo no corresponde a esa organización. Elija otro grupo de trabajo, o la organización que se indica a su lado.',
  },
}
