import type { TimeoutWords } from './timeout-words.en.ts'

/** One o'clock is singular: "a la 1:07". */
const atHour = (when: string): string => `${when.startsWith('1:') ? 'a la' : 'a las'} ${when}`

export const words: TimeoutWords = {
  title: 'Su sesión se cerrará pronto',
  overTitle: 'Su sesión se cerró',
  idle: 'Lleva un rato sin actividad. La sesión se cerrará cuando se acabe el tiempo, a menos que elija Seguir con la sesión.',
  last: 'Ha llegado a la duración máxima de una sesión. Guarde su trabajo ahora e inicie sesión otra vez.',
  over: minutes =>
    `Lo que escribió sigue en esta página. Cierre este mensaje y envíe el formulario antes de ${minutes} minutos. Después inicie sesión para recuperarlo.`,
  closes: names => `También se cerrará: ${names}.`,
  left: 'Tiempo que queda:',
  minutes: 'quedan % minutos',
  seconds: 'quedan % segundos',
  stay: 'Seguir con la sesión',
  signOut: 'Cerrar sesión',
  close: 'Cerrar',
  ends: when => `La sesión se cerrará ${atHour(when)} a menos que siga activo.`,
  endsAnyway: when => `La sesión se cerrará ${atHour(when)}.`,
}
