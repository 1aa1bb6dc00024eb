import type { OpenidWords } from './words.en.ts'

export const words: OpenidWords = {
  opening: application => `Abriendo ${application}`,
  openingLead: 'Se abre por sí sola en un momento. Si no se abre, elija Continuar.',
  continue: 'Continuar',
  closed: application => `No puede abrir ${application}`,
  closedAs: place => `Usted trabaja como ${place}, que no la incluye.`,
  closedNowhere: 'Todavía no está en ninguna organización ni grupo de trabajo.',
  closedNext: helpdesk =>
    `Cambie de organización o de grupo de trabajo si tiene otro, o comuníquese con ${helpdesk}.`,
  place: application => `¿Dónde trabaja en ${application}?`,
  placeLead: 'Desde ahora trabaja así también aquí, hasta que lo cambie.',
  signOutQuestion: '¿Cerrar la sesión?',
  leaveLead: 'Se cierra la sesión en todas las aplicaciones que abrió desde aquí.',
  leaveLeadFor: application =>
    `${application} pide cerrar su sesión. Se cierra en todas las aplicaciones que abrió desde aquí.`,
  leaveButton: 'Cerrar sesión',
  stay: 'Seguir en la sesión',
  left: 'Su sesión está cerrada',
  leftLead: application => `En un momento vuelve a ${application}. Si no vuelve, elija Continuar.`,
  home: 'Ir al inicio',
  change: 'Cambiar la configuración',
  setUp: 'Primero configure la verificación en 2 pasos',
  setUpLead: application =>
    `${application} pide la verificación en 2 pasos y usted todavía no la ha configurado. Configúrela y vuelva a abrir ${application}.`,
  setUpButton: 'Configurar la verificación en 2 pasos',
}
