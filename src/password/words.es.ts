import type { PasswordWords } from './words.en.ts'

export const words: PasswordWords = {
  newTitle: 'Cree una contraseña nueva',
  newLead: 'Su contraseña temporal ya cumplió su tarea. Invente una contraseña que solo usted sepa.',
  changeTitle: 'Cambie su contraseña',
  changeLead: 'Todas sus otras sesiones terminan cuando guarda.',
  rulesHeading: 'Su contraseña nueva necesita:',
  rules: {
    'at-least-8': 'al menos 8 caracteres',
    'at-least-15': 'al menos 15 caracteres; unas palabras seguidas van bien',
    'at-most-256': '256 caracteres como máximo',
    'a-capital': 'al menos 1 letra mayúscula',
    'a-number': 'al menos 1 número',
    'a-symbol': 'al menos 1 carácter que no sea letra ni número',
    'not-common': 'ninguna palabra o serie común, como Password1!',
    'not-personal': 'que no sea casi toda su nombre, su usuario o el nombre de este sistema',
    'not-used-before': 'que no la haya usado antes',
  },
  newPassword: 'Contraseña nueva',
  confirm: 'Confirme la contraseña nueva',
  updateRecovery: 'Actualizar mis datos de recuperación',
  updateRecoveryHint:
    'Después pone una pregunta de seguridad. Sin ella no puede recuperar sin ayuda una contraseña olvidada.',
  save: 'Guardar',
  conductHeading: 'Guárdela para usted',
  conduct: [
    'Nunca comparta su contraseña del HMIS con nadie. La mesa de ayuda nunca la pide.',
    'Nunca deje que el navegador guarde su contraseña del HMIS en una computadora que otros también usan.',
    'Si no puede iniciar sesión, llame a la mesa de ayuda.',
  ],
  changed: 'Su contraseña cambió. Sus otras sesiones terminaron.',
  refusals: {
    'password.empty': 'Escriba una contraseña nueva.',
    'password.too-short':
      'Haga la contraseña más larga: necesita al menos tantos caracteres como dice la lista.',
    'password.no-capital': 'Agregue una letra mayúscula.',
    'password.no-number': 'Agregue un número.',
    'password.no-symbol': 'Agregue un carácter que no sea letra ni número, como ! o un espacio.',
    'password.too-long': 'Acorte la contraseña: 256 caracteres como máximo.',
    'password.not-text': 'La contraseña tiene un signo que no se puede guardar. Escríbala otra vez.',
    'password.common':
      'Esta contraseña es fácil de adivinar. Son mejores tres o cuatro palabras sin relación, con un número y un signo.',
    'password.personal':
      'Esta contraseña se parece a su nombre, su usuario o el nombre de este sistema. Elija algo que otros no adivinen.',
    'password.mismatch': 'Las dos contraseñas no son iguales. Escriba la misma dos veces.',
    'password.same-as-current': 'Esta es la contraseña que tiene ahora. Elija otra.',
    'password.used-before': 'Ya usó esta contraseña antes. Elija otra.',
  },
}
