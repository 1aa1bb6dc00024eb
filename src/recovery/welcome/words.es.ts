import type { WelcomeWords } from './words.en.ts'

export const words: WelcomeWords = {
  title: 'Prepare su cuenta',
  hello: name => `Le damos la bienvenida, ${name}.`,
  lead: username =>
    `Su nombre de usuario es ${username}. Ahora lee los términos y elige su propia contraseña. Tarda unos minutos.`,
  next: 'Continuar',
  deadTitle: 'Este enlace no funciona',
  dead: helpdesk =>
    `Ya se usó o es demasiado viejo. Si tiene una contraseña, inicie sesión. Si no, pida un enlace nuevo a ${helpdesk}.`,
  signIn: 'Ir a Iniciar sesión',
  stale: 'Esta página estuvo abierta demasiado tiempo. No se envió nada. Pulse el botón otra vez.',
}
