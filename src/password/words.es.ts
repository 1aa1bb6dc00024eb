import type { PasswordWords } from './words.en.ts'

export const words: PasswordWords = {
  newTitle: 'Cree una contraseña nueva',
  newLead: 'Cambie su contraseña temporal por una que solo usted sepa.',
  changeTitle: 'Cambie su contraseña',
  changeLead: 'Todas sus otras sesiones se cerrarán cuando guarde.',
  rulesHeading: 'Su contraseña nueva necesita:',
  rules: {
    'at-least-8': 'al menos 8 caracteres',
    'at-least-15': 'al menos 15 caracteres; unas cuantas palabras seguidas funcionan bien',
    'a-capital': 'al menos 1 letra mayúscula',
    'a-number': 'al menos 1 número',
    'a-symbol': 'al menos 1 carácter que no sea letra ni número',
  },
  bothSame: 'ser la misma en los dos campos',
  newPassword: 'Contraseña nueva',
  confirm: 'Confirme la contraseña nueva',
  updateRecovery: 'Actualizar mis datos de recuperación',
  updateRecoveryHint:
    'Después elegirá una pregunta de seguridad. Sin ella, solo la mesa de ayuda puede restablecer una contraseña olvidada.',
  save: 'Guardar',
  conductHeading: 'No la comparta',
  conduct: [
    'Nunca comparta su contraseña del HMIS con nadie. La mesa de ayuda nunca la pide.',
    'Nunca deje que el navegador guarde su contraseña del HMIS en una computadora compartida.',
    'Si no puede iniciar sesión, comuníquese con la mesa de ayuda.',
  ],
  changed: 'Se cambió su contraseña. Se cerraron sus otras sesiones.',
  refusals: {
    'password.empty': () => 'Escriba una contraseña nueva.',
    'password.too-short': ({ least }) => `Use al menos ${least} caracteres.`,
    'password.no-capital': () => 'Agregue una letra mayúscula.',
    'password.no-number': () => 'Agregue un número.',
    'password.no-symbol': () => 'Agregue un carácter que no sea letra ni número, como ! o un espacio.',
    'password.too-long': ({ most }) => `Use ${most} caracteres como máximo.`,
    'password.not-text': () => 'Su contraseña contiene un carácter que no se puede usar.',
    'password.common': () =>
      'Esta contraseña es fácil de adivinar. Pruebe con tres o cuatro palabras sin relación, un número y un símbolo.',
    'password.personal': () =>
      'Esta contraseña se basa en su nombre, su nombre de usuario o el nombre de este sistema. Elija una que otros no adivinen.',
    'password.mismatch': () => 'Las contraseñas no coinciden. Escriba la misma dos veces.',
    'password.same-as-current': () => 'Esta es su contraseña actual. Elija otra.',
    'password.used-before': () => 'Ya ha usado esta contraseña. Elija otra.',
  },
}
