import { plurals } from '../../web/plurals.ts'
import type { ForgotWords } from './words.en.ts'

const count = plurals('es-US')

export const words: ForgotWords = {
  title: 'Olvidé mi contraseña',
  lead: 'Le enviaremos por correo un enlace para restablecer su contraseña.',
  username: 'Nombre de usuario',
  usernameHint:
    'Si no lo recuerda, escriba la dirección de correo de su cuenta. El correo le dice su nombre de usuario.',
  next: 'Continuar',
  backToSignIn: 'Volver a Iniciar sesión',
  noMailTitle: 'Olvidé mi contraseña',
  noMail: helpdesk =>
    `Este sitio todavía no envía correos, así que aquí no puede restablecer su contraseña. Comuníquese con ${helpdesk}. Confirmarán que es usted y pueden ayudarle a iniciar sesión.`,
  sentTitle: 'Revise su correo',
  sent: 'Si encontramos una cuenta, hemos enviado un correo a su dirección.',
  sentSteps: [
    'El enlace sirve una vez, y solo por poco tiempo.',
    'Si lo pidió más de una vez, use el enlace del correo más nuevo.',
    '¿No ha llegado nada en unos minutos? Mire en la carpeta de correo no deseado y revise lo que escribió.',
  ],
  sentHelp: helpdesk => `Si no recibe ningún correo, comuníquese con ${helpdesk}.`,
  again: 'Pedir otro correo',
  resetTitle: 'Restablezca su contraseña',
  questionLead: 'Esta es la pregunta de seguridad que usted eligió. Respóndala igual que entonces.',
  question: 'Su pregunta de seguridad',
  answer: 'Respuesta',
  answerHint: 'Las mayúsculas, los espacios y la puntuación no importan.',
  newTitle: 'Elija una contraseña nueva',
  newLead: username => `Para la cuenta ${username}. Todas sus sesiones se cerrarán cuando guarde.`,
  save: 'Guardar',
  deadTitle: 'Este enlace no funciona',
  dead: 'Ya se usó, caducó, se enviaron otros más nuevos o hubo demasiadas respuestas incorrectas. No se cambió su contraseña.',
  deadNext: 'Pedir un enlace nuevo',
  stale: 'Esta página estuvo abierta demasiado tiempo. No se envió nada. Haga este paso otra vez.',
  refusals: {
    'reset.empty-username': () => 'Escriba su nombre de usuario o la dirección de correo de su cuenta.',
    'reset.source-waiting': ({ when }) =>
      `Desde su red se pidieron muchos correos en poco tiempo, así que no se envió ninguno. Espere hasta ${when} e intente otra vez. La mesa de ayuda también puede ayudarle a iniciar sesión.`,
    'reset.answer-empty': () => 'Escriba su respuesta.',
    'reset.answer-wrong': ({ left }) =>
      `Esta respuesta no coincide. Le ${count(left, { one: 'queda # intento', other: 'quedan # intentos' })}.`,
    'reset.waiting': ({ when }) =>
      `Demasiadas respuestas incorrectas. Espere hasta ${when} e intente otra vez, o pida un enlace nuevo. La mesa de ayuda también puede ayudarle a iniciar sesión.`,
  },
}
