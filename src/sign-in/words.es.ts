import type { SignInWords } from './words.en.ts'

export const words: SignInWords = {
  title: 'Iniciar sesión',
  username: 'Nombre de usuario',
  password: 'Contraseña',
  passwordHint: 'Las letras mayúsculas y minúsculas cuentan como distintas.',
  signIn: 'Iniciar sesión',
  forgot: 'Olvidé mi contraseña',
  openCourse: 'Abrir el curso en Moodle',
  messages: {
    'signed-out': 'Su sesión está cerrada.',
    idle: 'Su sesión se cerró porque no se hizo nada por un rato. Inicie sesión para seguir.',
    absolute: 'Su sesión se cerró porque dura un día de trabajo como máximo. Inicie sesión para seguir.',
    elsewhere:
      'Su sesión se cerró aquí porque usted inició sesión en otro lugar. Si no fue usted, llame ahora a la mesa de ayuda.',
    credential:
      'Su sesión se cerró porque cambió su contraseña o sus datos de entrada. Inicie sesión otra vez.',
    'guarding-step':
      'Ahora un paso más protege su cuenta. Escriba su contraseña otra vez y después sigue ese paso.',
    'ended-by-person': 'Su sesión se cerró porque usted cerró todas sus sesiones.',
    'ended-by-helpdesk':
      'Su sesión se cerró porque cambió algo en su cuenta. Inicie sesión para ver qué hacer ahora.',
    'not-me':
      'Se cerraron todas las sesiones de esta cuenta. Elija «Olvidé mi contraseña» para poner una nueva.',
    kept: 'Su sesión terminó. Lo que escribió se guarda por 15 minutos: inicie sesión y se le muestra otra vez.',
    'password-changed': 'Su contraseña cambió. Inicie sesión.',
    declined:
      'Usted rechazó los términos, por eso la sesión está cerrada. Nada cambió. Puede iniciar sesión otra vez cuando quiera.',
    stale:
      'Esta página estuvo abierta demasiado tiempo. No se envió nada. Escriba su contraseña e inicie sesión otra vez.',
  },
  refusals: {
    'sign-in.empty-username': () => 'Escriba su nombre de usuario.',
    'sign-in.empty-password': () => 'Escriba su contraseña.',
    'sign-in.wrong': () =>
      'El nombre de usuario o la contraseña no es correcto. Revise los dos, y la tecla de mayúsculas. También puede elegir «Olvidé mi contraseña».',
    'sign-in.waiting': ({ when, helpdesk }) =>
      when === ''
        ? `Hubo demasiados intentos con este nombre de usuario. Elija «Olvidé mi contraseña», o llame a ${helpdesk}.`
        : `Hubo demasiados intentos. Espere hasta ${when} e intente otra vez. «Olvidé mi contraseña» funciona ahora, sin esperar.`,
    'sign-in.temporary-expired': ({ helpdesk }) =>
      `Esta contraseña temporal es demasiado vieja. Pida una nueva a ${helpdesk}.`,
    'sign-in.deactivated': ({ helpdesk }) =>
      `Su contraseña es correcta, pero esta cuenta está desactivada. Llame a ${helpdesk} si todavía la necesita.`,
    'sign-in.suspended': ({ when, helpdesk }) =>
      `Su contraseña es correcta, pero esta cuenta está en pausa hasta ${when}. Si tiene una pregunta, llame a ${helpdesk}.`,
    'sign-in.left': ({ helpdesk }) =>
      `Su contraseña es correcta, pero esta cuenta terminó el día que estaba fijado. Llame a ${helpdesk} si todavía la necesita.`,
    'sign-in.dormant': ({ helpdesk }) =>
      `Su contraseña es correcta, pero esta cuenta no se usó por mucho tiempo y está en reposo. Pida a ${helpdesk} que la despierte.`,
    'sign-in.training-lapsed': ({ helpdesk }) =>
      `Su contraseña es correcta, pero tiene que hacer otra vez la capacitación. Termine el curso en Moodle, o pregunte a ${helpdesk}.`,
    'sign-in.blocked': ({ helpdesk }) =>
      `Esta contraseña se bloqueó para proteger la cuenta. Elija «Olvidé mi contraseña», o llame a ${helpdesk}.`,
  },
}
