import type { GateWords } from './reauthentication-words.en.ts'

export const words: GateWords = {
  title: 'Configuración de seguridad',
  titleElsewhere: 'Escriba su contraseña',
  deed: what => `Escriba su contraseña: ${what}`,
  lead: username =>
    `Para proteger su cuenta, escriba su contraseña otra vez. Tiene la sesión iniciada como ${username}.`,
  password: 'Contraseña',
  code: 'Código de verificación',
  codeHint:
    'Los 6 dígitos que muestra ahora su aplicación de autenticación. Un código de respaldo también sirve.',
  cardHint: (number, letter) =>
    `El código ${number} de la tarjeta ${letter}. También sirve un código de su aplicación de autenticación o un código de respaldo.`,
  keyHint: hint => `${hint} Deje esto vacío para usar su llave de acceso o de seguridad.`,
  useKey: 'Usar su llave de acceso o de seguridad',
  keyAbsent:
    'Este navegador no puede usar aquí llaves de acceso ni de seguridad: JavaScript está desactivado, o el navegador no las conoce. Escriba un código.',
  keyFailed:
    'Su navegador se detuvo y no dice por qué: usted canceló, tardó demasiado, o no es la llave que configuró. Intente otra vez o escriba un código.',
  submit: 'Enviar',
  refusals: {
    'reauthentication.empty-password': () => 'Escriba su contraseña.',
    'reauthentication.empty-code': () =>
      'Escriba el código de su aplicación de autenticación, o un código de respaldo.',
    'reauthentication.wrong': ({ paired }) =>
      paired
        ? 'La contraseña o el código no es correcto. Revise que el bloqueo de mayúsculas esté desactivado e intente otra vez.'
        : 'La contraseña no es correcta. Revise que el bloqueo de mayúsculas esté desactivado e intente otra vez.',
    'reauthentication.code-used': () =>
      'Este código ya se usó. Espere el siguiente y escríbalo con su contraseña.',
    'reauthentication.waiting': ({ when }) =>
      `Demasiados intentos. Espere hasta ${when} e intente otra vez. Si olvidó su contraseña, cierre la sesión y elija «Olvidé mi contraseña».`,
  },
}
