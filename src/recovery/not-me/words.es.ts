import type { NotMeWords } from './words.en.ts'

export const words: NotMeWords = {
  title: 'No fui yo',
  lead: username => `Informe de actividad en la cuenta ${username} que no fue suya. Si continúa:`,
  effects: [
    'se cerrarán todas las sesiones, incluida la suya;',
    'la contraseña dejará de funcionar;',
    'se avisará a la mesa de ayuda, que lo revisará.',
  ],
  after: 'Después verá cómo volver a entrar. No se cambia nada hasta que elija Cerrar todas las sesiones.',
  press: 'Cerrar todas las sesiones',
  doneTitle: 'Se cerraron todas las sesiones',
  doneText:
    'Ya nadie tiene una sesión abierta en esta cuenta y la contraseña anterior ya no funciona. Avisamos a la mesa de ayuda.',
  doneForgot: 'Ahora cree una contraseña nueva. Le enviaremos un enlace por correo.',
  forgot: 'Olvidé mi contraseña',
  doneHelpdesk: helpdesk =>
    `Los datos de recuperación o la forma de iniciar sesión de esta cuenta cambiaron hace poco; quizá los cambió otra persona. Para que nadie más entre, comuníquese con ${helpdesk}. Confirmarán que es usted y pueden ayudarle a iniciar sesión.`,
  deadTitle: 'Este enlace no funciona',
  dead: helpdesk =>
    `Ya se usó o caducó. Si cree que otra persona usa su cuenta, comuníquese ahora con ${helpdesk}.`,
  stale: 'Esta página estuvo abierta demasiado tiempo. No se envió nada. Intente otra vez.',
}
