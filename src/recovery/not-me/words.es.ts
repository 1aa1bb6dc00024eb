import type { NotMeWords } from './words.en.ts'

export const words: NotMeWords = {
  title: 'No fui yo',
  lead: username => `Usted dice que otra persona hizo algo con la cuenta ${username}. Pulse el botón, y:`,
  effects: [
    'se cierra la sesión de todas las personas en esta cuenta, también la suya;',
    'la contraseña deja de servir;',
    'se avisa a la mesa de ayuda, que lo revisa.',
  ],
  after: 'Después verá cómo volver a entrar. Nada pasa antes de que pulse el botón.',
  press: 'Cerrar todas las sesiones',
  doneTitle: 'Se cerraron todas las sesiones',
  doneText:
    'Nadie tiene ahora una sesión en esta cuenta y la contraseña anterior ya no sirve. Se avisó a la mesa de ayuda.',
  doneForgot: 'Ahora ponga una contraseña nueva. Recibirá un correo para hacerlo.',
  forgot: 'Olvidé mi contraseña',
  doneHelpdesk: helpdesk =>
    `Los datos de recuperación o la entrada de esta cuenta cambiaron hace poco, quizá por otra persona. Para que nadie más entre, llame a ${helpdesk}: comprueban que es usted y le ayudan a entrar.`,
  deadTitle: 'Este enlace no funciona',
  dead: helpdesk =>
    `Ya se usó o tiene más de 7 días. Si piensa que otra persona usa su cuenta, llame ahora a ${helpdesk}.`,
  stale: 'Esta página estuvo abierta demasiado tiempo. No se envió nada. Pulse el botón otra vez.',
}
