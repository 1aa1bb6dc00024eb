import type { PasskeyWords } from './words.en.ts'

export const words: PasskeyWords = {
  browserOn: (browser, system) => `${browser} en ${system}`,
  add: { passkey: 'Agregar una llave de acceso', 'security-key': 'Agregar una llave de seguridad' },
  addLead: {
    passkey:
      'La usa igual que cuando desbloquea su teléfono o su computadora. No agregue una en una computadora compartida: quien la desbloquee podría iniciar sesión como usted.',
    'security-key':
      'Inserte su llave de seguridad o acérquela a su teléfono. Tóquela cuando parpadee. Aquí no pide un PIN.',
  },
  orAdd: 'En su lugar, puede usar una llave de acceso o de seguridad:',
  addFirst: 'Desde entonces, su contraseña sola ya no abre su cuenta. También recibirá códigos de respaldo.',
  addEnds: 'Se cerrarán sus otras sesiones.',
  askTitle: 'Use su llave de acceso o de seguridad',
  askLead: 'Su navegador la pide cuando elija Continuar.',
  continueButton: 'Continuar',
  useKey: 'Use su llave de acceso o de seguridad',
  cancel: 'Cancelar',
  absent:
    'Este navegador no puede usar aquí llaves de acceso ni de seguridad: JavaScript está desactivado, o el navegador no las conoce. Use otra forma.',
  failed:
    'Su navegador se detuvo y no dice por qué: usted canceló, tardó demasiado, o no es la llave que configuró. Intente otra vez o use otra forma.',
  addFailed:
    'Su navegador se detuvo y no dice por qué: usted canceló, tardó demasiado, o esta llave ya está configurada. Intente otra vez.',
  otherAddress: helpdesk =>
    `Sus llaves de acceso y de seguridad no funcionan en esta dirección. Use otra forma o comuníquese con ${helpdesk}.`,
  refusals: {
    'passkeys.no-answer': () =>
      'Este navegador no envió una llave de acceso ni de seguridad: JavaScript está desactivado, o el navegador no las conoce. Use otra forma.',
    'passkeys.expired': () => 'Tardó demasiado o se envió dos veces. Intente otra vez.',
    'passkeys.wrong': () =>
      'Esa llave no es una de las suyas, o no funciona aquí. Pruebe con otra o use otra forma.',
    'passkeys.copied': ({ helpdesk }) =>
      `Esta llave no se puede usar, porque podría haber una copia. Use otra forma y comuníquese con ${helpdesk}.`,
    'passkeys.waiting': ({ when }) =>
      `Demasiados intentos fallidos desde su red. Espere hasta ${when} e intente otra vez.`,
    'passkeys.not-taken': () => 'Esta llave no se puede usar aquí. Intente otra vez o use otra.',
    'passkeys.known': () => 'Esta llave no se puede agregar, porque ya se agregó antes. Use otra.',
    'passkeys.too-many': () => 'Tiene 20 llaves de acceso y de seguridad. Quite una antes de agregar otra.',
  },
}
