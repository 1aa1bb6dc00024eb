import type { TermsWords } from './words.en.ts'

export const words: TermsWords = {
  title: 'Términos del acuerdo',
  lead: 'Lea estos términos. Para continuar, acéptelos. Si los rechaza, se cerrará su sesión y no se cambiará nada.',
  version: (number, date) => `Versión ${number}, vigente desde el ${date}`,
  accepted: 'Términos que aceptó',
  acceptedOn: when => `Usted aceptó esta versión el ${when}.`,
  nothingAccepted: 'Todavía no se le ha pedido que acepte ningún término.',
  print: 'Imprimir',
  accept: 'Aceptar',
  decline: 'Rechazar',
  statements: {
    privacy: {
      title: 'Aviso de privacidad',
      paragraphs: (site, helpdesk) => [
        `Para que usted pueda iniciar sesión, ${site} guarda su nombre, su nombre de usuario, su correo electrónico, cómo comunicarse con usted en el trabajo, y sus organizaciones y grupos de trabajo.`,
        'Registra cuándo inicia sesión, desde qué dirección de red y navegador, y qué cambia en su cuenta. La mesa de ayuda usa estos registros para proteger las cuentas y responder a auditorías.',
        'Su contraseña y la respuesta a su pregunta de seguridad se guardan de modo que nadie pueda leerlas.',
        'Estas páginas solo usan las cookies necesarias para iniciar sesión. No le siguen ni cargan nada de otros sitios.',
        `Para ver o corregir lo que se guarda sobre usted, comuníquese con ${helpdesk}.`,
      ],
    },
    accessibility: {
      title: 'Accesibilidad',
      paragraphs: (site, helpdesk) => [
        `Todas las personas deben poder iniciar sesión en ${site}. Estas páginas están hechas para cumplir las pautas WCAG 2.2, nivel AA.`,
        'Funcionan solo con el teclado, con lectores de pantalla, ampliadas al 400%, en alto contraste y sin JavaScript.',
        `Si algo le impide entrar, comuníquese con ${helpdesk}. Pueden ayudarle a entrar de otra forma.`,
      ],
    },
  },
  refusals: {
    'terms.moved': () =>
      'Los términos cambiaron mientras usted leía. Esta es la versión nueva: léala y elija.',
    'terms.no-choice': () => 'Elija Aceptar o Rechazar.',
  },
}
