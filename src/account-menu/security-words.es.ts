import { plurals } from '../web/plurals.ts'
import type { SecurityWords } from './security-words.en.ts'

const count = plurals('es-US')

export const words: SecurityWords = {
  title: 'Configuración de seguridad',
  lead: minutes =>
    `Solo usted puede ver esta página. Por su seguridad, le pediremos su contraseña otra vez después de ${count(minutes, { one: '# minuto', other: '# minutos' })}.`,
  password: 'Contraseña',
  passwordSet: when => `Cambiada el ${when}`,
  changePassword: 'Cambie su contraseña',
  authenticator: 'Verificación en 2 pasos',
  twoStepOn: when => `Activada desde el ${when}`,
  twoStepOff: 'Desactivada',
  notUsed: 'No se usa en este sitio',
  twoStep: 'Verificación en 2 pasos',
  recovery: 'Pregunta de seguridad',
  questionSet: when => `Elegida el ${when}`,
  questionNotSet: 'Sin elegir',
  updateRecovery: 'Actualice los datos de recuperación de su cuenta',
  activity: 'Inicios de sesión recientes',
  activityLead:
    'Si no reconoce alguno de estos, cambie su contraseña ahora y comuníquese con la mesa de ayuda.',
  time: 'Hora',
  address: 'Dirección',
  browser: 'Navegador',
  result: 'Resultado',
  results: {
    signedIn: 'Inició sesión',
    signedInAfterFailures: 'Inició sesión después de intentos fallidos',
    refused: 'No se pudo iniciar sesión',
    wrongCode: 'Contraseña correcta, código incorrecto',
    wrongAtGate: 'Contraseña incorrecta en Configuración de seguridad',
  },
  browserOn: (browser, system) => `${browser} en ${system}`,
  unknownBrowser: 'Navegador desconocido',
  noActivity: 'Todavía no hay inicios de sesión.',
  everywhere: 'Cerrar sesión en todas partes',
  everywhereLead: 'Cierra todas sus sesiones, incluida esta. Tendrá que iniciar sesión otra vez.',
  devices: 'Dónde tiene sesiones abiertas',
  signedInAt: 'Inicio de sesión',
  lastUsed: 'Último uso',
  thisBrowser: 'Este navegador',
  action: 'Acción',
  endSession: 'Cerrar',
  computers: 'Computadoras en las que no pedimos un código',
  until: 'Hasta',
  askAgain: 'Volver a pedir',
  messages: {
    'password-changed': 'Se cambió su contraseña. Se cerraron sus otras sesiones.',
    'session-ended': 'Se cerró esa sesión.',
    'computer-ended': 'Volveremos a pedir un código en esa computadora.',
  },
}
