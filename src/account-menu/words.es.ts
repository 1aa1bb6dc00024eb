import { plurals } from '../web/plurals.ts'
import type { MenuWords } from './words.en.ts'

const count = plurals('es-US')

export const words: MenuWords = {
  menuLabel: (initials, name) => `${initials}, Opciones de usuario, ${name}`,
  signOut: 'Cerrar sesión',
  email: 'Correo',
  noEmailShort: 'Sin correo electrónico',
  role: 'Función',
  roles: { user: 'Usuario', helpdesk: 'Mesa de ayuda', administrator: 'Administrador' },
  organization: 'Organización',
  workgroup: 'Grupo de trabajo',
  apply: 'Aplicar',
  theme: 'Tema',
  themes: {
    system: 'Igual que mi dispositivo',
    light: 'Claro',
    dark: 'Oscuro',
    contrast: 'Alto contraste',
  },
  language: 'Idioma',
  ownLanguage: 'Igual que mi navegador',
  preferences: 'Preferencias',
  preferencesLead: 'Cómo se ven estas páginas y en qué idioma están.',
  savePreferences: 'Guardar',
  termsAccepted: 'Términos que aceptó',
  preferencesSaved: 'Sus preferencias se guardaron.',
  securitySettings: 'Configuración de seguridad',
  console: 'Consola de la mesa de ayuda',
  agencyDesk: 'Mesa de la agencia',
  agencyDeskFor: 'Pida cuentas, avise quién se fue y confirme quién sigue trabajando con usted.',
  none: 'Todavía ninguno',
  homeTitle: 'Inicio',
  allSet: 'Todo listo',
  allSetOpen: 'Su cuenta está lista. Abra una aplicación de abajo para empezar a trabajar.',
  allSetClose: 'Su cuenta está lista. Puede cerrar esta página o seguir a la aplicación en la que trabaja.',
  placeChanged: 'Ahora trabaja con las opciones que eligió.',
  leaving: (day, helpdesk) => `Su acceso termina el ${day}. Si no es correcto, comuníquese con ${helpdesk}.`,
  greeting: name => `Le damos la bienvenida, ${name}`,
  open: application => `Abrir ${application}`,
  applications: 'Sus aplicaciones',
  links: 'Enlaces',
  needAttention: items => count(items, { one: '# asunto por atender.', other: '# asuntos por atender.' }),
  attention: {
    incidents: people => count(people, { one: '# incidente.', other: '# incidentes.' }),
    lockedOut: people =>
      count(people, {
        one: '# persona está bloqueada por ahora.',
        other: '# personas están bloqueadas por ahora.',
      }),
    expiring: people =>
      count(people, {
        one: '# contraseña temporal está por vencer o vencida.',
        other: '# contraseñas temporales están por vencer o vencidas.',
      }),
  },
  nothingWaits: 'Nada urgente por ahora.',
  openHeading: 'Pendiente',
  noOrganization: helpdesk =>
    `Todavía no se le ha agregado a una organización, así que no puede ingresar datos. Comuníquese con ${helpdesk} para que le agreguen.`,
  noWorkgroup: helpdesk =>
    `Todavía no se le ha agregado a un grupo de trabajo, así que no puede abrir ninguna página. Comuníquese con ${helpdesk} para que le agreguen.`,
  noEmail: helpdesk =>
    `Su cuenta no tiene correo electrónico. No recibe correos nuestros y no puede restablecer por su cuenta una contraseña olvidada. Para agregar una dirección, comuníquese con ${helpdesk}.`,
  noQuestion:
    'No ha elegido una pregunta de seguridad. Si olvida su contraseña, solo la mesa de ayuda puede restablecerla.',
  setQuestion: 'Elija su pregunta de seguridad',
  noTwoStep: 'No ha activado la verificación en 2 pasos. Impide que otros entren aunque sepan su contraseña.',
  twoStepFrom: when =>
    `Su cuenta requiere la verificación en 2 pasos a partir del ${when}. Desde entonces, no podrá continuar después de su contraseña hasta que la configure.`,
  setTwoStep: 'Configure la verificación en 2 pasos',
  fewCodes: left =>
    left === 0
      ? 'No le quedan códigos de respaldo. Sin ellos, no podrá entrar si pierde sus otras formas.'
      : `Solo ${count(left, { one: 'le queda # código', other: 'le quedan # códigos' })} de respaldo.`,
  newCodes: 'Cree códigos de respaldo nuevos',
  fewOnCard: (left, helpdesk) =>
    [
      left === 0
        ? 'No quedan códigos en su tarjeta.'
        : `En su tarjeta solo ${count(left, { one: 'queda # código', other: 'quedan # códigos' })}.`,
      ...(helpdesk === undefined ? [] : [`Pida una tarjeta nueva a ${helpdesk}.`]),
    ].join(' '),
  printCard: 'Imprimir una tarjeta de códigos nueva',
  nothingOpen: 'Nada pendiente. Su cuenta está lista.',
  termsEnd: day => `El ${day} se le pedirá que acepte otra vez los términos del acuerdo.`,
  trainingOpen: 'No ha terminado su capacitación. Complete el curso en Moodle.',
  renew: (renewal, course, day) => `${renewal}: termine el curso ${course} antes del ${day}.`,
  openCourse: 'Abrir el curso en Moodle',
  trainingEnds: day => `Complete otra vez su capacitación a más tardar el ${day}.`,
  newsHeading: 'Noticias de la mesa de ayuda',
  firstSignIn: 'Este es su primer inicio de sesión.',
  lastSignIn: when => `Último inicio de sesión: ${when}.`,
  failures: failed =>
    count(failed, {
      one: 'Hubo # intento fallido de iniciar sesión desde la última vez que entró.',
      other: 'Hubo # intentos fallidos de iniciar sesión desde la última vez que entró.',
    }),
  failuresAtFirst: failed =>
    count(failed, {
      one: 'Hubo # intento fallido de iniciar sesión desde que se creó su cuenta.',
      other: 'Hubo # intentos fallidos de iniciar sesión desde que se creó su cuenta.',
    }),
  failuresAdvice: 'Si no fue usted, comuníquese con la mesa de ayuda.',
}
