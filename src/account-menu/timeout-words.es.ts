import type { TimeoutWords } from './timeout-words.en.ts'

export const words: TimeoutWords = {
  title: 'Su sesión termina pronto',
  overTitle: 'Su sesión terminó',
  idle: 'Hace un rato que no se hace nada aquí. Si no hace nada, la sesión se cierra cuando el tiempo se acaba.',
  last: 'Una sesión dura un día de trabajo como máximo, así que no puede seguir más. Mande ahora lo que está escribiendo. Después inicie sesión otra vez.',
  over: 'Lo que escribió sigue en esta página: cierre este mensaje y pulse el botón del formulario dentro de 15 minutos. Después inicie sesión, y se le muestra otra vez.',
  left: 'Tiempo que queda:',
  minutes: 'quedan % minutos',
  seconds: 'quedan % segundos',
  stay: 'Seguir con la sesión',
  signOut: 'Cerrar sesión',
  close: 'Cerrar',
  ends: when => `Si no hace nada, la sesión se cierra a las ${when}.`,
}
