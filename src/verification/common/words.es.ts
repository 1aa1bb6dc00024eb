import { plurals } from '../../web/plurals.ts'
import type { VerificationWords } from './words.en.ts'

const count = plurals('es-US')

export const words: VerificationWords = {
  title: 'Verificación en 2 pasos',
  verifyLead: 'Abra la aplicación de autenticación en su teléfono. Escriba el código que muestra ahora.',
  code: 'Código de verificación',
  codeHint: '6 números. Los espacios no importan.',
  submit: 'Enviar',
  useBackup: 'Usar un código de respaldo',
  backupTitle: 'Use un código de respaldo',
  backupLead:
    'Escriba uno de los códigos de respaldo que guardó al activar la verificación en 2 pasos. Cada uno sirve una vez.',
  backup: 'Código de respaldo',
  backupHint: '16 letras y números. Mayúsculas, guiones y espacios no importan.',
  useApp: 'Usar la aplicación de autenticación',
  noneAtHand: helpdesk => `¿Sin teléfono y sin código de respaldo? Llame a ${helpdesk}.`,

  setUpTitle: 'Prepare la verificación en 2 pasos',
  setUpLead:
    'Después de su contraseña escribe también un código de una aplicación de su teléfono. Quien sepa su contraseña todavía no puede entrar.',
  setUpRequired: 'Su cuenta lo necesita antes de seguir.',
  replaceTitle: 'Cambie su autenticador',
  replaceLead: 'Conecte la aplicación o el teléfono nuevo. El anterior sirve hasta que elija Activar aquí.',
  getApp: 'Consiga una aplicación de autenticación',
  getAppBody:
    'Sirven Google Authenticator, Microsoft Authenticator y casi todas las demás. Quizá ya tenga una.',
  addAccount: 'Agregue esta cuenta a la aplicación',
  addAccountBody: 'Escanee la imagen con la aplicación, o copie la clave en ella.',
  picture: 'Código QR para su aplicación de autenticación',
  keyLabel: 'Clave',
  enterCode: 'Escriba el código que muestra la aplicación',
  turnOn: 'Activar',

  codesTitle: 'Códigos de respaldo',
  isOn: 'La verificación en 2 pasos está activada.',
  codesLead:
    'Un código de respaldo le deja entrar cuando no tiene su teléfono a mano. Cada uno sirve una vez. Solo se muestran ahora: guárdelos donde solo usted los encuentre.',
  codesNew:
    'Estos son sus códigos de respaldo nuevos. Los anteriores ya no sirven. Sus otras sesiones terminaron.',
  codesFor: (site, username) => `${site}, usuario ${username}`,
  download: 'Descargar como archivo de texto',
  fileNote: 'Cada código sirve una vez. Guarde esto donde solo usted lo encuentre.',
  saved: 'Ya los guardé',

  state: 'Verificación en 2 pasos',
  onSince: when => `Activada desde el ${when}`,
  off: 'Desactivada',
  app: 'Aplicación de autenticación',
  lastUsed: when => `Último uso: ${when}`,
  codesLeft: left => count(left, { one: 'queda #', other: 'quedan #' }),
  low: left =>
    left === 0
      ? 'No le quedan códigos de respaldo. Haga otros ahora, para que un teléfono perdido no le deje afuera.'
      : `Solo le ${count(left, { one: 'queda # código', other: 'quedan # códigos' })} de respaldo. Haga otros pronto.`,
  changeHeading: 'Cambiar algo',
  changeLead: 'Primero escriba un código y después elija qué hacer.',
  eitherHint: 'Un código que todavía no usó, o un código de respaldo.',
  replace: 'Cambiar el autenticador',
  replaceMeans: 'para un teléfono nuevo u otra aplicación.',
  newCodes: 'Códigos de respaldo nuevos',
  newCodesMeans: 'los anteriores dejan de servir.',
  turnOff: 'Desactivar',
  turnOffMeans: 'entonces solo su contraseña abre su cuenta.',
  turnOffRequired: 'su cuenta necesita la verificación en 2 pasos, así que la prepara otra vez enseguida.',
  back: 'Volver a Configuración de seguridad',
  notOffered: helpdesk =>
    `Este sitio no usa ahora la verificación en 2 pasos. Si tiene una pregunta, llame a ${helpdesk}.`,
  messages: {
    off: 'La verificación en 2 pasos está desactivada. Sus otras sesiones terminaron.',
    replaced: 'Su autenticador nuevo está activado. El anterior ya no sirve. Sus otras sesiones terminaron.',
    saved: 'Sus códigos de respaldo están en vigor.',
  },
  seconds: seconds => count(seconds, { one: '# segundo', other: '# segundos' }),
  minutes: minutes => count(minutes, { one: '# minuto', other: '# minutos' }),
  refusals: {
    'verification.empty': () => 'Escriba el código que muestra su aplicación de autenticación.',
    'verification.not-a-code': () =>
      'Un código de verificación tiene 6 números. Escriba el código que su aplicación muestra ahora.',
    'verification.wrong': () =>
      'Este código no es correcto. Escriba el código que su aplicación muestra ahora. Si sigue sin servir, revise que el reloj de su teléfono se ponga solo en hora.',
    'verification.used': () => 'Este código ya se usó. Espere el siguiente código y escríbalo.',
    'verification.waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `Hubo demasiados códigos que no eran correctos. Use un código de respaldo, o llame a ${helpdesk}.`
        : `Hubo demasiados códigos que no eran correctos. Espere ${wait} e intente otra vez. Un código de respaldo sirve ahora, sin esperar. ${helpdesk} también puede ayudar.`,
    'verification.app-wrong': () =>
      'Este código no viene de la aplicación que conectó aquí. Escriba el código que muestra ahora, o escanee la imagen otra vez.',
    'verification.backup-empty': () => 'Escriba uno de sus códigos de respaldo.',
    'verification.not-a-backup-code': () =>
      'Un código de respaldo tiene 16 signos: letras, y números del 2 al 7. Revise si falta o sobra alguno.',
    'verification.backup-wrong': () =>
      'Este código de respaldo no es correcto. Revise cada signo. Los códigos de una lista anterior ya no sirven.',
    'verification.backup-used': () => 'Este código de respaldo ya se usó. Cada uno sirve una vez: tome otro.',
    'verification.backup-waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `Hubo demasiados códigos de respaldo que no eran correctos. Use su aplicación de autenticación, o llame a ${helpdesk}.`
        : `Hubo demasiados códigos de respaldo que no eran correctos. Espere ${wait} e intente otra vez. El código de su aplicación sirve ahora. ${helpdesk} también puede ayudar.`,
    'verification.not-either': () =>
      'Escriba los 6 números que muestra su aplicación de autenticación, o un código de respaldo de 16 signos.',
  },
}
