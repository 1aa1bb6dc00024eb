import type { TermsWords } from './words.en.ts'

export const words: TermsWords = {
  title: 'Términos del acuerdo',
  lead: 'Lea estos términos. Para seguir, acéptelos. Si los rechaza, se cierra la sesión y nada cambia.',
  version: (number, date) => `Versión ${number}, vigente desde el ${date}`,
  accept: 'Aceptar',
  decline: 'Rechazar',
  refusals: {
    'terms.moved': () =>
      'Los términos cambiaron mientras usted leía. Esta es la versión nueva: léala y elija.',
    'terms.no-choice': () => 'Elija Aceptar o Rechazar.',
  },
}
