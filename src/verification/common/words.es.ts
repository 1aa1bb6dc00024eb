import { plurals } from '../../web/plurals.ts'
import type { VerificationWords } from './words.en.ts'

const count = plurals('es-US')

export const words: VerificationWords = {
  title: 'Verificación en 2 pasos',
  verifyLead: 'Abra su aplicación de autenticación. Escriba el código que muestra ahora.',
  code: 'Código de verificación',
  codeHint: '6 dígitos',
  submit: 'Enviar',
  ownComputer: days =>
    `No pedir un código en esta computadora durante ${count(days, { one: '# día', other: '# días' })}`,
  ownComputerHint: 'Solo en una computadora que sea suya y que nadie más use.',
  backupTitle: 'Use un código de respaldo',
  backupLead:
    'Escriba uno de los códigos de respaldo que guardó al activar la verificación en 2 pasos. Cada uno sirve una vez.',
  backup: 'Código de respaldo',
  backupHint: '16 letras y dígitos. Las mayúsculas, los guiones y los espacios no importan.',
  noneAtHand: helpdesk => `¿No tiene nada de esto a mano? Comuníquese con ${helpdesk}.`,
  anotherWay: 'Otra forma',
  use: {
    app: 'Usar la aplicación de autenticación',
    passkey: 'Usar una llave de acceso o de seguridad',
    'code-card': 'Usar su tarjeta de códigos',
    'backup-code': 'Usar un código de respaldo',
  },
  cardTitle: 'Use su tarjeta de códigos',
  cardCode: (number, letter) => `Escriba el código ${number} de la tarjeta ${letter}`,
  cardHint: '8 dígitos. Los espacios no importan.',
  cardUsedUp: helpdesk =>
    `Ya se usaron todos los códigos de su tarjeta. Use otra forma, o pida una tarjeta nueva a ${helpdesk}.`,
  printCard: 'Imprimir una tarjeta de códigos',
  printCardLead:
    'Imprima esta tarjeta o cópiela entera a mano. Funciona cuando escriba aquí su primer código. Desde entonces, las tarjetas anteriores ya no funcionan y se cierran sus otras sesiones.',
  useCard: 'Usar esta tarjeta',
  noPhone: '¿No tiene teléfono ni una aplicación en una computadora?',
  cardHeading: letter => `Tarjeta de códigos ${letter}`,
  cardNote:
    'Cada código sirve una vez. Al iniciar sesión, la página pide un código por su número. Guarde esta tarjeta lejos de su computadora y de su contraseña.',
  cardKey: letter => `Tarjeta de códigos ${letter}`,
  cardLeft: left => count(left, { one: 'queda # código', other: 'quedan # códigos' }),

  setUpTitle: 'Configure la verificación en 2 pasos',
  setUpLead:
    'Después de su contraseña, también escribirá un código de una aplicación de su teléfono o computadora. Aunque alguien sepa su contraseña, no podrá entrar.',
  setUpRequired: 'Su cuenta lo necesita antes de continuar.',
  replaceTitle: 'Cambie su autenticador',
  replaceLead:
    'Configure la aplicación o el teléfono nuevo. El anterior funciona hasta que elija Activar aquí.',
  getApp: 'Consiga una aplicación de autenticación',
  getAppBody:
    'Funcionan Google Authenticator, Microsoft Authenticator y casi todas las demás. Quizá ya tenga una.',
  addAccount: 'Agregue esta cuenta a la aplicación',
  addAccountBody: 'Escanee el código QR con la aplicación o escriba esta clave a mano.',
  picture: 'Código QR para su aplicación de autenticación',
  keyLabel: 'Clave',
  enterCode: 'Escriba el código que muestra la aplicación',
  turnOn: 'Activar',

  codesTitle: 'Códigos de respaldo',
  isOn: 'La verificación en 2 pasos está activada.',
  codesLead:
    'Use un código de respaldo cuando no tenga a mano ninguna otra forma. Cada código sirve una vez. Puede verlos aquí durante diez minutos, así que guárdelos ahora donde solo usted los encuentre.',
  codesNew:
    'Estos son sus códigos de respaldo nuevos. Los anteriores ya no funcionan. Se cerraron sus otras sesiones.',
  codesFor: (site, username) => `${site}, usuario ${username}`,
  download: 'Descargar como archivo de texto',
  fileNote: 'Cada código sirve una vez. Guarde esto donde solo usted lo encuentre.',
  saved: 'Ya los guardé',
  unsaved: 'Tiene códigos de respaldo nuevos que quizá no guardó.',
  seeAgain: 'Ver sus códigos de respaldo',

  state: 'Verificación en 2 pasos',
  onSince: when => `Activada desde el ${when}`,
  off: 'Desactivada',
  waysHeading: 'Formas de comprobar que es usted',
  kinds: {
    app: 'Aplicación de autenticación',
    passkey: 'Llave de acceso',
    'security-key': 'Llave de seguridad',
    'code-card': 'Tarjeta de códigos',
  },
  elsewhere: 'No funciona en esta dirección. Elimínela y agregue una nueva.',
  synced: 'Llave de acceso, sincronizada',
  addedOn: when => `Agregada el ${when}`,
  neverUsed: 'Sin usar todavía',
  lastUsed: when => `Último uso: ${when}`,
  codesLeft: left => count(left, { one: 'queda #', other: 'quedan #' }),
  low: left =>
    left === 0
      ? 'No le quedan códigos de respaldo. Cree otros ahora, para poder entrar aunque pierda sus otras formas.'
      : `Solo le ${count(left, { one: 'queda # código', other: 'quedan # códigos' })} de respaldo. Cree otros pronto.`,
  anyHint: (number, letter) =>
    `El código ${number} de la tarjeta ${letter}. También sirve un código nuevo de su aplicación o un código de respaldo.`,
  cardFew: (left, helpdesk) =>
    `${
      left === 0
        ? 'No quedan códigos en su tarjeta.'
        : `En su tarjeta solo ${count(left, { one: 'queda # código', other: 'quedan # códigos' })}.`
    } ${helpdesk === undefined ? 'Imprima una nueva.' : `Pida una tarjeta nueva a ${helpdesk}.`}`,
  eitherHint: 'Un código nuevo de su aplicación, o un código de respaldo.',
  replace: 'Cambiar el autenticador',
  addApp: 'Agregar una aplicación de autenticación',
  addAppLead:
    'Configure una aplicación más, por ejemplo en otro teléfono o en su computadora. Sus otras formas siguen funcionando. Se cierran sus otras sesiones.',
  rename: 'Cambiar el nombre',
  renameTitle: way => `Cambie el nombre de ${way}`,
  name: 'Nombre',
  nameHint: most => `Como usted la llama, por ejemplo «Mi teléfono». ${most} caracteres como máximo.`,
  remove: 'Quitar',
  removeTitle: way => `¿Quitar ${way}?`,
  removeMeans:
    'Ya no podrá usarla para iniciar sesión. Sus otras formas siguen funcionando. Se cierran sus otras sesiones.',
  newCodes: 'Códigos de respaldo nuevos',
  newCodesMeans: 'Recibe diez códigos nuevos. Los anteriores dejan de servir. Se cierran sus otras sesiones.',
  turnOff: 'Desactivar',
  turnOffTitle: '¿Desactivar la verificación en 2 pasos?',
  turnOffMeans:
    'Iniciará sesión solo con su contraseña. Todo lo que aparece en Verificación en 2 pasos deja de servir. Se cierran sus otras sesiones.',
  turnOffRequired:
    'Su cuenta necesita la verificación en 2 pasos, así que la configurará otra vez enseguida.',
  cancel: 'Cancelar',
  back: 'Volver a Configuración de seguridad',
  notOffered: helpdesk =>
    `Este sitio no usa la verificación en 2 pasos. ¿Tiene preguntas? Comuníquese con ${helpdesk}.`,
  messages: {
    off: 'La verificación en 2 pasos está desactivada. Se cerraron sus otras sesiones.',
    replaced: 'Su autenticador nuevo está listo. El anterior ya no funciona. Se cerraron sus otras sesiones.',
    saved: 'Sus códigos de respaldo están listos para usar.',
    'codes-gone':
      'Los códigos de respaldo se muestran durante diez minutos después de crearlos. Si no guardó los suyos, cree otros aquí.',
    added: 'Su nueva aplicación de autenticación está lista. Se cerraron sus otras sesiones.',
    removed: 'Se quitó y ya no funciona. Se cerraron sus otras sesiones.',
    card: 'Su tarjeta de códigos está lista. Las tarjetas anteriores ya no funcionan. Se cerraron sus otras sesiones.',
    key: 'Está lista para usar. Se cerraron sus otras sesiones.',
    renamed: 'Se guardó el nombre nuevo.',
  },
  seconds: seconds => count(seconds, { one: '# segundo', other: '# segundos' }),
  minutes: minutes => count(minutes, { one: '# minuto', other: '# minutos' }),
  refusals: {
    'verification.empty': () => 'Escriba el código que muestra su aplicación de autenticación.',
    'verification.not-a-code': () =>
      'Un código de verificación tiene 6 dígitos. Escriba el código que su aplicación muestra ahora.',
    'verification.wrong': () =>
      'Este código no es correcto. Escriba el código que su aplicación muestra ahora. Si sigue sin funcionar, revise que su teléfono o computadora ajuste la hora automáticamente.',
    'verification.used': () => 'Este código ya se usó. Espere el siguiente código y escríbalo.',
    'verification.waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `Demasiados códigos incorrectos. Use un código de respaldo, o comuníquese con ${helpdesk}.`
        : `Demasiados códigos incorrectos. Espere ${wait} e intente otra vez. O use un código de respaldo ahora, sin esperar. ${helpdesk} también puede ayudar.`,
    'verification.app-wrong': () =>
      'Este código no es correcto. Escriba el código que la aplicación muestra ahora, o escanee el código QR otra vez.',
    'verification.backup-empty': () => 'Escriba uno de sus códigos de respaldo.',
    'verification.not-a-backup-code': () =>
      'Un código de respaldo tiene 16 caracteres: letras y los dígitos del 2 al 7. Revise si falta o sobra alguno. No hay ningún 1: lo que parece un 1 es la letra I o L.',
    'verification.backup-wrong': () =>
      'Este código de respaldo no es correcto. Revise cada carácter. Los códigos de una lista anterior ya no funcionan.',
    'verification.backup-used': () =>
      'Este código de respaldo ya se usó. Cada código sirve una vez. Use otro.',
    'verification.backup-waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `Demasiados códigos de respaldo incorrectos. Use su aplicación de autenticación, o comuníquese con ${helpdesk}.`
        : `Demasiados códigos de respaldo incorrectos. Espere ${wait} e intente otra vez. O use ahora el código de su aplicación de autenticación. ${helpdesk} también puede ayudar.`,
    'verification.card-empty': () => 'Escriba el código impreso junto al número.',
    'verification.not-a-card-code': () =>
      'Un código de su tarjeta tiene 8 dígitos. Revise si falta o sobra alguno.',
    'verification.card-wrong': () =>
      'Este código no es correcto. Revise el número, y que la letra de su tarjeta sea la que se pide. Las tarjetas anteriores ya no funcionan.',
    'verification.card-first-wrong': () =>
      'Ese no es el código 1 de esta tarjeta. Escriba los 8 dígitos que están junto al número 1.',
    'verification.card-used': () =>
      'Este código ya se usó. Escriba el código que está junto al número que se pide ahora.',
    'verification.card-waiting': ({ wait, helpdesk }) =>
      wait === ''
        ? `Demasiados códigos incorrectos. Use otra forma, o pida una tarjeta nueva a ${helpdesk}.`
        : `Demasiados códigos incorrectos. Espere ${wait} e intente otra vez. O use otra forma ahora. ${helpdesk} también puede ayudar.`,
    'verification.not-any': () =>
      'Este no es uno de sus códigos. Escriba los 8 dígitos de su tarjeta de códigos, los 6 dígitos de su aplicación de autenticación, o un código de respaldo de 16 caracteres.',
    'verification.not-either': () =>
      'Escriba los 6 dígitos que muestra su aplicación de autenticación, o un código de respaldo de 16 caracteres.',
    'verification.name-empty': () => 'Escriba un nombre.',
    'verification.name-long': () => 'Este nombre es demasiado largo. Acórtelo.',
    'verification.last-way': () =>
      'Es la única forma que tiene. Agregue otra primero. Para iniciar sesión solo con su contraseña, elija Desactivar.',
  },
}
