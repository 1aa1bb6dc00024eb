import type { SecurityWords } from './security-words.en.ts'

export const words: SecurityWords = {
  title: 'Configuración de seguridad',
  lead: minutes =>
    `Solo usted puede ver esta página. Queda abierta ${minutes} minutos después de su contraseña; luego la escribe otra vez.`,
  password: 'Contraseña',
  passwordSet: when => `Cambiada el ${when}`,
  changePassword: 'Cambie su contraseña',
  authenticator: 'Aplicación de autenticación',
  twoStepOn: when => `Activada desde el ${when}`,
  twoStepOff: 'Desactivada',
  notUsed: 'No se usa en este sitio',
  twoStep: 'Verificación en 2 pasos',
  recovery: 'Pregunta de seguridad',
  questionSet: when => `Puesta el ${when}`,
  questionNotSet: 'Sin poner',
  updateRecovery: 'Actualice los datos de recuperación de su cuenta',
  activity: 'Inicios de sesión recientes',
  activityLead: 'Si alguno no fue usted, cambie ahora su contraseña y avise a la mesa de ayuda.',
  time: 'Hora',
  address: 'Dirección',
  browser: 'Navegador',
  result: 'Resultado',
  results: {
    signedIn: 'Inició sesión',
    signedInAfterFailures: 'Inició sesión, después de intentos fallidos',
    refused: 'No se dejó entrar',
    wrongCode: 'Contraseña correcta, código incorrecto',
    wrongAtGate: 'Con sesión, pero no abrió Configuración de seguridad',
  },
  browserOn: (browser, system) => `${browser} en ${system}`,
  unknownBrowser: 'Navegador desconocido',
  noActivity: 'No hay ningún inicio de sesión registrado.',
  everywhere: 'Cerrar sesión en todas partes',
  everywhereLead:
    'Cierra todas sus sesiones, en cada computadora y teléfono, y también esta. Después inicie sesión otra vez.',
  changed: 'Su contraseña cambió. Sus otras sesiones terminaron.',
}
