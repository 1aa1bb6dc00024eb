import type { WelcomeWords } from './words.en.ts'

export const words: WelcomeWords = {
  title: 'Configure su cuenta',
  hello: name => `Le damos la bienvenida, ${name}.`,
  lead: username =>
    `Su nombre de usuario es ${username}. A continuación leerá los términos y elegirá su propia contraseña. Le tomará unos minutos.`,
  next: 'Continuar',
  deadTitle: 'Este enlace no funciona',
  dead: helpdesk =>
    `Usted ya tiene su propia contraseña, o el enlace caducó. Si tiene una contraseña, inicie sesión. Si no, pida un enlace nuevo a ${helpdesk}.`,
  signIn: 'Ir a Iniciar sesión',
  stale: 'Esta página estuvo abierta demasiado tiempo. No se envió nada. Intente otra vez.',
}
