import { plurals } from '../web/plurals.ts'
import type { SignInWords } from './words.en.ts'

const count = plurals('es-US')

export const words: SignInWords = {
  title: 'Iniciar sesión',
  username: 'Nombre de usuario',
  usernameOrEmail: 'Nombre de usuario o correo electrónico',
  password: 'Contraseña',
  passwordHint: 'La contraseña distingue entre mayúsculas y minúsculas.',
  signIn: 'Iniciar sesión',
  forgot: 'Olvidé mi contraseña',
  withPasskey: 'Iniciar sesión con una llave de acceso',
  passkeyAbsent:
    'Este navegador no puede usar aquí llaves de acceso: JavaScript está desactivado, o el navegador no las conoce. Use su contraseña.',
  passkeyFailed:
    'Su navegador se detuvo y no dice por qué: usted canceló, tardó demasiado, o no hay una llave de acceso para este sitio. Intente otra vez o use su contraseña.',
  barred: {
    'sign-in.deactivated': 'Su cuenta está desactivada',
    'sign-in.closed': 'Su cuenta está cerrada',
    'sign-in.suspended': 'Su cuenta está suspendida',
    'sign-in.inactive': 'Su cuenta está inactiva',
    'sign-in.locked-down': 'Su contraseña está bloqueada',
    'sign-in.training-expired': 'Su capacitación venció',
    'sign-in.temporary-expired': 'Su contraseña temporal venció',
  },
  call: phone => `Llame al ${phone}`,
  write: helpdesk => `Escriba a ${helpdesk}`,
  backToSignIn: 'Volver a iniciar sesión',
  openCourse: 'Abrir el curso en Moodle',
  leftOpen: {
    closed: names => `También se cerró: ${names}.`,
    lasting: (names, when) => `Puede seguir funcionando hasta las ${when}: ${names}.`,
    unaware: names =>
      `Puede seguir abierta hasta que revise otra vez su sesión: ${names}. Para mayor seguridad, ciérrela también allí.`,
  },
  messages: {
    'signed-out': () => 'Su sesión está cerrada.',
    idle: () => 'Su sesión se cerró por falta de actividad. Inicie sesión para continuar.',
    absolute: ({ hours }) =>
      `Su sesión se cerró porque las sesiones terminan después de ${count(hours, { one: '# hora', other: '# horas' })}. Inicie sesión para continuar.`,
    elsewhere: () =>
      'Su sesión se cerró aquí porque usted inició sesión en otro lugar. Si no fue usted, comuníquese ahora con la mesa de ayuda.',
    credential: () =>
      'Su sesión se cerró porque cambió su contraseña o su forma de iniciar sesión. Inicie sesión otra vez.',
    'guarding-step': () =>
      'Su cuenta ahora necesita un paso más de seguridad. Inicie sesión otra vez para configurarlo.',
    'ended-by-person': () => 'Su sesión se cerró porque usted cerró todas sus sesiones.',
    'ended-by-helpdesk': () =>
      'Su sesión se cerró porque hubo un cambio en su cuenta. Inicie sesión para ver qué debe hacer.',
    'not-me': () =>
      'Se cerraron todas las sesiones de esta cuenta. Elija «Olvidé mi contraseña» para crear una contraseña nueva.',
    kept: ({ minutes }) =>
      `Su sesión terminó. Guardamos lo que escribió por ${minutes} minutos. Inicie sesión para recuperarlo.`,
    'password-changed': () => 'Se cambió su contraseña. Inicie sesión.',
    declined: () =>
      'Rechazó los términos, así que se cerró su sesión. No se cambió nada. Puede iniciar sesión otra vez cuando quiera.',
    'no-cookie': () =>
      'Su navegador no devolvió la cookie de este sitio, así que no se envió nada. Intente otra vez. Si ve otra vez este mensaje, permita las cookies de este sitio en los ajustes de su navegador.',
    stale: () =>
      'Esta página estuvo abierta demasiado tiempo. No se envió nada. Escriba su contraseña e inicie sesión otra vez.',
  },
  refusals: {
    'sign-in.empty-username': () => 'Escriba su nombre de usuario.',
    'sign-in.empty-password': () => 'Escriba su contraseña.',
    'sign-in.wrong': () =>
      'El nombre de usuario o la contraseña no es correcto. Revise que el bloqueo de mayúsculas esté desactivado e intente otra vez. También puede elegir «Olvidé mi contraseña».',
    'sign-in.waiting': ({ when, helpdesk }) =>
      when === ''
        ? `Demasiados intentos con este nombre de usuario. Elija «Olvidé mi contraseña», o comuníquese con ${helpdesk}.`
        : `Demasiados intentos. Espere hasta ${when} e intente otra vez. O restablezca su contraseña ahora, sin esperar.`,
    'sign-in.temporary-expired': ({ helpdesk }) =>
      `Su contraseña temporal caducó. Pida una nueva a ${helpdesk}.`,
    'sign-in.deactivated': ({ helpdesk }) =>
      `Su cuenta está desactivada. Comuníquese con ${helpdesk} si todavía la necesita.`,
    'sign-in.suspended': ({ when, helpdesk }) =>
      `Su cuenta está suspendida hasta ${when}. ¿Tiene preguntas? Comuníquese con ${helpdesk}.`,
    'sign-in.closed': ({ helpdesk }) =>
      `Su cuenta se cerró en la fecha prevista. Comuníquese con ${helpdesk} si todavía la necesita.`,
    'sign-in.inactive': ({ days, helpdesk }) =>
      `Su cuenta está inactiva porque no se ha usado en ${days} días. Pida a ${helpdesk} que la reactive.`,
    'sign-in.training-expired': ({ helpdesk }) =>
      `Su capacitación caducó. Complete el curso en Moodle, o comuníquese con ${helpdesk}.`,
    'sign-in.passkey-none': () =>
      'Este navegador no envió una llave de acceso: JavaScript está desactivado, o el navegador no las conoce. Use su contraseña.',
    'sign-in.passkey-expired': () => 'Tardó demasiado o se envió dos veces. Intente otra vez.',
    'sign-in.passkey-wrong': () =>
      'Esa llave de acceso no abre ninguna cuenta aquí. Pruebe con otra o use su contraseña.',
    'sign-in.locked-down': ({ helpdesk }) =>
      `Esta contraseña se bloqueó para proteger su cuenta. Elija «Olvidé mi contraseña», o comuníquese con ${helpdesk}.`,
  },
}
