import type { GateWords } from './reauthentication-words.en.ts'

export const words: GateWords = {
  title: 'Configuración de seguridad',
  lead: username =>
    `Estas opciones protegen su cuenta. Muestre que sigue siendo usted, ${username}: escriba otra vez su contraseña.`,
  password: 'Contraseña',
  code: 'Código de verificación',
  codeHint: 'Los 6 números que muestra ahora su aplicación. Un código de respaldo también sirve.',
  submit: 'Enviar',
  refusals: {
    'reauthentication.empty-password': () => 'Escriba su contraseña.',
    'reauthentication.empty-code': () => 'Escriba el código de su aplicación, o un código de respaldo.',
    'reauthentication.wrong': ({ paired }) =>
      paired
        ? 'La contraseña o el código no es correcto. Revise los dos, y la tecla de mayúsculas.'
        : 'La contraseña no es correcta. Revise la tecla de mayúsculas e intente otra vez.',
    'reauthentication.code-used': () =>
      'Este código ya se usó. Espere el siguiente y escríbalo con su contraseña.',
    'reauthentication.waiting': ({ when }) =>
      `Hubo demasiados intentos. Espere hasta ${when} e intente otra vez. Si olvidó su contraseña, cierre la sesión y elija «Olvidé mi contraseña».`,
  },
}
