import type { WebWords } from './words.en.ts'

export const words: WebWords = {
  product: 'Lintel',
  refusedTitle: title => `Error: ${title}`,
  skipToContent: 'Saltar al contenido principal',
  privacy: 'Aviso de privacidad',
  accessibility: 'Accesibilidad',
  youAreHere: 'Usted está aquí',
  zone: name => `Las horas son de la ${name}.`,
  progress: (step, of) => `Paso ${step} de ${of}`,
  startPage: site => `${site}, página de inicio`,
  menu: 'Menú',
  consoleMenu: 'Consola',
  siteNotice: 'Sobre este sitio',
  help: '¿Necesita ayuda?',
  callOrWrite: name => `Comuníquese con ${name}`,
  problem: 'Hay un problema',
  errorPrefix: 'Error:',
  showPassword: 'Mostrar contraseña',
  hidePassword: 'Ocultar contraseña',
  newTab: '(se abre en otra pestaña)',
  previous: 'Anterior',
  next: 'Siguiente',
  pages: 'Páginas',
  copy: 'Copiar',
  copied: 'Copiado',
  print: 'Imprimir',
  printByHand: 'Para imprimir esta página, use la función de imprimir de su navegador.',
  ruleMet: 'se cumple',
  ruleOpen: 'todavía no se cumple',
  nothingHere: 'Todavía no hay nada que mostrar.',
  goToStart: 'Ir a la página de inicio',
  reference: 'Número de referencia',
  retryAfter: seconds =>
    seconds < 90
      ? `Intente otra vez en ${seconds} segundos.`
      : `Intente otra vez en ${Math.ceil(seconds / 60)} minutos.`,
  errors: {
    400: {
      title: 'Esta solicitud no se pudo leer',
      what: 'No recibimos todo lo que envió su navegador. No se cambió nada.',
      next: 'Vuelva una página atrás e intente otra vez.',
    },
    403: {
      title: 'Usted no puede abrir esta página',
      what: 'Su cuenta no tiene acceso aquí, o la página estuvo abierta demasiado tiempo. No se cambió nada.',
      next: 'Vaya a la página de inicio. Si necesita esta página para su trabajo, comuníquese con la mesa de ayuda.',
    },
    404: {
      title: 'No se encontró la página',
      what: 'No hay ninguna página en esta dirección. Quizá se movió, o falta una parte de la dirección.',
      next: 'Revise la dirección, o vaya a la página de inicio.',
    },
    405: {
      title: 'Esta dirección no se puede usar así',
      what: 'La página existe, pero no acepta este tipo de solicitud. No se cambió nada.',
      next: 'Vaya a la página de inicio y ábrala desde ahí.',
    },
    408: {
      title: 'Tardó demasiado en llegar',
      what: 'Lo que envió llegó muy despacio o se detuvo en el camino. No se guardó nada.',
      next: 'Vuelva atrás y envíelo otra vez donde la conexión sea mejor. Un archivo más pequeño llega antes.',
    },
    413: {
      title: 'Eso fue demasiado para un solo envío',
      what: 'Lo que envió es demasiado grande para esta página. No se guardó nada.',
      next: 'Vuelva atrás, acórtelo o elija un archivo más pequeño, y envíelo otra vez.',
    },
    429: {
      title: 'Espere un poco antes de intentar otra vez',
      what: 'Hubo muchos intentos en poco tiempo. Para proteger las cuentas, esta página está en pausa.',
      next: 'Espere unos minutos e intente otra vez.',
    },
    500: {
      title: 'Algo salió mal de nuestro lado',
      what: 'Usted no hizo nada mal. Anotamos lo que pasó, con el número de referencia de abajo.',
      next: 'Intente otra vez en unos minutos. Si vuelve a pasar, dé el número de referencia a la mesa de ayuda.',
    },
    503: {
      title: 'Muchas personas inician sesión en este momento',
      what: 'El servicio está ocupado y no pudo atender su solicitud. No se cambió nada.',
      next: 'Espere medio minuto e intente otra vez.',
    },
    away: {
      title: 'Esta página no se puede mostrar en este momento',
      what: 'Usted no hizo nada mal. El servicio no puede llegar a sus propios registros en este momento.',
      next: 'Espere medio minuto y abra la página otra vez.',
    },
    'away-form': {
      title: 'No sabemos si esto se guardó',
      what: 'Usted no hizo nada mal. El servicio perdió el contacto con sus propios registros. Lo que envió quizá se guardó, o quizá no.',
      next: 'Espere medio minuto y mire si se guardó antes de enviarlo otra vez.',
    },
    full: {
      title: 'En este momento no se puede guardar nada',
      what: 'Usted no hizo nada mal. El disco de este servicio está lleno. Lo que mandó no se guardó.',
      next: 'Avise a la mesa de ayuda. Cuando haya lugar en el disco, mándelo otra vez.',
    },
  },
}
