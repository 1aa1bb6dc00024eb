import { plurals } from '../../web/plurals.ts'
import type { ForgotWords } from './words.en.ts'

const count = plurals('es-US')

export const words: ForgotWords = {
  title: 'Olvidé mi contraseña',
  lead: 'Le mandamos por correo un enlace para poner una contraseña nueva.',
  username: 'Nombre de usuario',
  usernameHint:
    'Si no lo recuerda, escriba la dirección de correo de su cuenta. El correo le dice su nombre de usuario.',
  next: 'Continuar',
  backToSignIn: 'Volver a Iniciar sesión',
  noMailTitle: 'Olvidé mi contraseña',
  noMail: helpdesk =>
    `Este sitio todavía no manda correo, así que aquí no puede recuperar una contraseña. Llame a ${helpdesk}: comprueban que es usted y le ayudan a entrar.`,
  sentTitle: 'Revise su correo',
  sent: 'Si lo que escribió pertenece a una cuenta, va un correo en camino a la dirección de esa cuenta.',
  sentSteps: [
    'El enlace que trae sirve una vez, y solo por poco tiempo.',
    'Si lo pidió más de una vez, use el enlace del correo más nuevo.',
    '¿No llega nada en unos minutos? Mire en la carpeta de correo no deseado y revise lo que escribió.',
  ],
  sentHelp: helpdesk => `Si no llega ningún correo, llame a ${helpdesk}.`,
  again: 'Pedir otro correo',
  resetTitle: 'Recupere su contraseña',
  questionLead: 'Esta es su propia pregunta de seguridad. Respóndala como cuando la puso.',
  question: 'Su pregunta de seguridad',
  answer: 'Respuesta',
  answerHint: 'Mayúsculas, espacios y signos no importan.',
  newTitle: 'Elija una contraseña nueva',
  newLead: username => `Para la cuenta ${username}. Todas las sesiones de la cuenta terminan cuando guarda.`,
  save: 'Guardar',
  deadTitle: 'Este enlace no funciona',
  dead: 'Ya se usó, es demasiado viejo, se mandaron otros más nuevos, o hubo demasiadas respuestas que no coincidían. Abrirlo no cambió su contraseña.',
  deadNext: 'Pedir un enlace nuevo',
  stale: 'Esta página estuvo abierta demasiado tiempo. No se envió nada. Haga este paso otra vez.',
  refusals: {
    'reset.empty-username': () => 'Escriba su nombre de usuario o la dirección de correo de su cuenta.',
    'reset.source-waiting': ({ when }) =>
      `Desde su red se pidieron muchos correos en poco tiempo. No se envió nada ahora. Espere hasta ${when} e intente otra vez. La mesa de ayuda también puede ayudarle a entrar.`,
    'reset.answer-empty': () => 'Escriba su respuesta.',
    'reset.answer-wrong': ({ left }) =>
      `Esta respuesta no coincide. Le ${count(left, { one: 'queda # intento', other: 'quedan # intentos' })}.`,
    'reset.waiting': ({ when }) =>
      `Hubo demasiadas respuestas que no coincidían. Espere hasta ${when} e intente otra vez, o pida un enlace nuevo. La mesa de ayuda también puede ayudarle a entrar.`,
  },
}
