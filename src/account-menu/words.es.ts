import { plurals } from '../web/plurals.ts'
import type { MenuWords } from './words.en.ts'

const count = plurals('es-US')

export const words: MenuWords = {
  menuLabel: (initials, name) => `${initials}, Opciones de usuario, ${name}`,
  signOut: 'Cerrar sesión',
  email: 'Correo',
  role: 'Función',
  roles: { user: 'Usuario', helpdesk: 'Mesa de ayuda', administrator: 'Administrador' },
  organization: 'Organización',
  workgroup: 'Grupo de trabajo',
  apply: 'Aplicar',
  theme: 'Tema',
  themes: {
    system: 'Como mi dispositivo',
    light: 'Claro',
    dark: 'Oscuro',
    contrast: 'Alto contraste',
  },
  useTheme: 'Usar este tema',
  language: 'Idioma',
  ownLanguage: 'Como mi navegador',
  useLanguage: 'Usar este idioma',
  securitySettings: 'Configuración de seguridad',
  console: 'Consola de la mesa de ayuda',
  none: 'Todavía ninguno',
  homeTitle: 'Inicio',
  greeting: name => `Le damos la bienvenida, ${name}`,
  place: 'Dónde trabaja ahora',
  openHeading: 'Pendiente',
  noOrganization: helpdesk =>
    `Todavía no tiene organización, así que no hay para quién registrar datos. Llame a ${helpdesk} para recibir una.`,
  noWorkgroup: helpdesk =>
    `Todavía no tiene grupo de trabajo, así que no se le abre ninguna página. Llame a ${helpdesk} para recibir uno.`,
  noQuestion:
    'No tiene pregunta de seguridad. Si olvida su contraseña, solo la mesa de ayuda le puede ayudar.',
  setQuestion: 'Ponga su pregunta de seguridad',
  noTwoStep:
    'Todavía no usa una aplicación de autenticación. Con ella no entran otros, ni cuando saben su contraseña.',
  twoStepFrom: when => `Desde el ${when} su función necesita una aplicación de autenticación.`,
  setTwoStep: 'Prepare la verificación en 2 pasos',
  fewCodes: left =>
    left === 0
      ? 'No le quedan códigos de respaldo. Sin ellos, si pierde su teléfono no puede entrar.'
      : `Solo ${count(left, { one: 'le queda # código', other: 'le quedan # códigos' })} de respaldo.`,
  newCodes: 'Haga códigos de respaldo nuevos',
  nothingOpen: 'Nada. Su cuenta está en orden.',
  termsEnd: day => `El ${day} se le pide aceptar otra vez los términos del acuerdo.`,
  trainingOpen: 'Su capacitación no está terminada. Termine el curso en Moodle.',
  openCourse: 'Abrir el curso en Moodle',
  trainingEnds: day => `Tiene que hacer otra vez la capacitación antes del ${day}.`,
  newsHeading: 'Noticias de la mesa de ayuda',
  activityHeading: 'Sus inicios de sesión',
  firstSignIn: 'Este es su primer inicio de sesión.',
  lastSignIn: when => `Antes de este, inició sesión el ${when}.`,
  failures: failed =>
    count(failed, {
      one: 'Desde entonces falló # inicio de sesión con su nombre de usuario.',
      other: 'Desde entonces fallaron # inicios de sesión con su nombre de usuario.',
    }),
  failuresAdvice: 'Si no fue usted, avise a la mesa de ayuda.',
  themeTitle: 'Tema',
}
