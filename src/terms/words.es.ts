import type { TermsWords } from './words.en.ts'

export const words: TermsWords = {
  title: 'Términos del acuerdo',
  lead: 'Lea estos términos. Para continuar, acéptelos. Si los rechaza, se cerrará su sesión y no se cambiará nada.',
  version: (number, date) => `Versión ${number}, vigente desde el ${date}`,
  accept: 'Aceptar',
  decline: 'Rechazar',
  refusals: {
    'terms.moved': () =>
      'Los términos cambiaron mientras usted leía. Esta es la versión nueva: léala y elija.',
    'terms.no-choice': () => 'Elija Aceptar o Rechazar.',
  },
}
