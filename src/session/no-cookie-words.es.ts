import type { NoCookieWords } from './no-cookie-words.en.ts'

export const words: NoCookieWords = {
  title: 'Permita las cookies para continuar',
  lead: 'Su navegador no devolvió la cookie de este sitio. No se envió nada y nada cambió.',
  steps: [
    'Permita las cookies de este sitio en los ajustes de su navegador.',
    'Después intente otra vez. Si vino de un enlace de un correo, ábralo otra vez: todavía sirve.',
  ],
  help: helpdesk => `Si ve otra vez esta página, comuníquese con ${helpdesk}.`,
}
