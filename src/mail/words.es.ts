import { plurals } from '../web/plurals.ts'
import type { MailWords } from './words.en.ts'

const count = plurals('es-US')

export const words: MailWords = {
  greeting: name => (name === '' ? 'Hola:' : `Hola, ${name}:`),
  helpdesk: (name, ways) => (ways.length === 0 ? name : `${name} (${ways.join(' o ')})`),
  neverAsks: 'La mesa de ayuda nunca le pide su contraseña.',
  questions: helpdesk => `¿Tiene preguntas? Comuníquese con ${helpdesk}.`,
  username: 'Nombre de usuario',
  notice: {
    when: 'Cuándo',
    browser: 'Navegador',
    unknownBrowser: 'desconocido',
    browserOn: (browser, system) => [browser ?? 'un navegador', system].filter(Boolean).join(' en '),
    wasYou: 'Si fue usted, no tiene que hacer nada.',
    notYou: days =>
      `Si no fue usted, abra el enlace de abajo. Verá qué pasará antes de que se cambie nada. El enlace sirve por ${count(days, { one: '# día', other: '# días' })}.`,
    notMe: 'No fui yo',
    notAsked: days =>
      `Si usted lo pidió, no tiene que hacer nada. Si no, abra el enlace de abajo. Verá qué pasará antes de que se cambie nada. El enlace sirve por ${count(days, { one: '# día', other: '# días' })}.`,
    questions: helpdesk => `Si no esperaba esto, comuníquese con ${helpdesk}.`,
  },
  desk: {
    'temporary-password': {
      subject: 'La mesa de ayuda le asignó una contraseña temporal',
      what: username =>
        `La mesa de ayuda asignó una contraseña temporal a su cuenta ${username}. Su contraseña anterior ya no funciona, y se cerraron todas las sesiones.`,
    },
    'two-step-reset': {
      subject: 'La mesa de ayuda desactivó la verificación en 2 pasos',
      what: username =>
        `La mesa de ayuda desactivó la verificación en 2 pasos de su cuenta ${username}. Su aplicación de autenticación y sus códigos de respaldo ya no sirven para ella.`,
    },
    'code-card-given': {
      subject: 'La mesa de ayuda le dio una tarjeta de códigos',
      what: username =>
        `La mesa de ayuda le dio una tarjeta de códigos impresa para su cuenta ${username}. Desde ahora, para iniciar sesión necesita su contraseña y un código de la tarjeta, u otra forma que haya configurado. Las tarjetas anteriores ya no funcionan.`,
    },
    'way-removed': {
      subject: 'La mesa de ayuda quitó una forma de iniciar sesión',
      what: username =>
        `La mesa de ayuda quitó de su cuenta ${username} una de las formas de comprobar que es usted. Se cerraron todas las sesiones. En Configuración de seguridad están las que le quedan.`,
    },
    'question-reset': {
      subject: 'La mesa de ayuda quitó su pregunta de seguridad',
      what: username =>
        `La mesa de ayuda quitó la pregunta de seguridad de su cuenta ${username}. La próxima vez que inicie sesión se le pedirá una nueva.`,
    },
    'email-changed': {
      subject: 'La mesa de ayuda cambió su dirección de correo',
      what: username =>
        `La mesa de ayuda cambió la dirección de correo de su cuenta ${username}. Desde ahora le escribiremos a la dirección nueva. Los enlaces que enviamos a esta dirección ya no funcionan.`,
    },
    'record-changed': {
      subject: 'La mesa de ayuda cambió sus datos',
      what: (username, parts) =>
        `La mesa de ayuda cambió esto en los datos de su cuenta ${username}: ${parts}.`,
    },
    'locked-down': {
      subject: 'Se bloqueó su cuenta',
      what: username =>
        `La mesa de ayuda bloqueó su cuenta ${username} para protegerla. Se cerraron todas las sesiones, y su contraseña ya no funciona. Para volver a entrar, necesita una contraseña nueva de la mesa de ayuda.`,
    },
    deactivated: {
      subject: 'Se desactivó su cuenta',
      what: username => `Se desactivó su cuenta ${username}. Ya no puede iniciar sesión con ella.`,
    },
    suspended: {
      subject: 'Su cuenta está suspendida',
      what: (username, moment) =>
        `Su cuenta ${username} está suspendida hasta ${moment}. No puede iniciar sesión antes de esa fecha. Se reabrirá automáticamente.`,
    },
    reactivated: {
      subject: 'Su cuenta está activa otra vez',
      what: username =>
        `Su cuenta ${username} está activa otra vez. Puede iniciar sesión con su contraseña actual.`,
    },
    'leaving-planned': {
      subject: 'Su cuenta se cerrará',
      what: (username, moment) =>
        `Su cuenta ${username} se cerrará el ${moment}. Puede iniciar sesión hasta entonces.`,
    },
    'role-changed': {
      subject: 'Se cambió su función',
      what: username =>
        `Se cambió la función de su cuenta ${username}. Puede verla en el menú con sus iniciales.`,
    },
    'access-changed': {
      subject: 'Se cambió su acceso',
      what: username =>
        `Se cambiaron las organizaciones o los grupos de trabajo de su cuenta ${username}. El cambio se aplicará la próxima vez que abra una página.`,
    },
    'contact-changed': {
      subject: 'Cambió su trabajo como contacto de la agencia',
      what: username =>
        `La mesa de ayuda cambió de qué organizaciones es contacto usted, ${username}. El contacto de una agencia pide cuentas, avisa quién se fue y confirma quién sigue trabajando ahí. Se cerró su sesión. Cuando vuelva a entrar, la página de inicio muestra lo que puede hacer.`,
    },
  },
  agency: {
    left: {
      subject: 'Su acceso terminó',
      what: organization =>
        `${organization} nos avisó que usted ya no trabaja ahí. Su acceso por medio de ${organization} terminó, y se cerró su sesión.`,
    },
    'will-leave': {
      subject: 'Su acceso va a terminar',
      what: (organization, _about, day) =>
        `${organization} nos avisó que su último día ahí es el ${day}. Su acceso por medio de ${organization} termina cuando acabe ese día.`,
    },
    moved: {
      subject: 'Su acceso cambió de organización',
      what: (organization, about) =>
        `Su acceso pasó de ${organization} a ${about}, y se cerró su sesión. Inicie sesión de nuevo para trabajar en ${about}.`,
    },
    'will-move': {
      subject: 'Su acceso va a cambiar de organización',
      what: (organization, about, day) =>
        `Su acceso va a pasar de ${organization} a ${about} cuando termine el ${day}.`,
    },
    stays: {
      subject: 'Su acceso continúa',
      what: organization =>
        `${organization} nos avisó que usted sigue trabajando ahí. Se retiró el aviso anterior.`,
    },
    'leaver-reported': {
      subject: 'Aviso de salida',
      what: (organization, about, day) =>
        `El contacto de ${organization} avisó que ${about} se fue. Último día: ${day}.`,
    },
    'leaver-taken-back': {
      subject: 'Se retiró un aviso de salida',
      what: (organization, about) => `El contacto de ${organization} retiró el aviso de que ${about} se fue.`,
    },
    'request-asked': {
      subject: 'Hay una solicitud en espera',
      what: (organization, about) =>
        `El contacto de ${organization} envió una solicitud. Se trata de ${about}.`,
    },
    'request-accepted': {
      subject: 'Se aceptó su solicitud',
      what: (organization, about) =>
        `La mesa de ayuda aceptó su solicitud para ${organization} sobre ${about}.`,
    },
    'request-declined': {
      subject: 'No se aceptó su solicitud',
      what: (organization, about) =>
        `La mesa de ayuda no aceptó su solicitud para ${organization} sobre ${about}.`,
    },
    'request-more-needed': {
      subject: 'Falta algo en su solicitud',
      what: (organization, about) =>
        `La mesa de ayuda necesita saber más sobre su solicitud para ${organization} sobre ${about}. Ábrala, agregue lo que falta y envíela otra vez.`,
    },
    'request-stale': {
      subject: 'Su solicitud terminó',
      what: (organization, about) =>
        `Su solicitud para ${organization} sobre ${about} esperó su respuesta demasiado tiempo y terminó. Si todavía la necesita, envíe una nueva.`,
    },
    'review-started': {
      subject: 'Confirme quién sigue trabajando con usted',
      what: (organization, about, day) =>
        `Confirme antes del ${day} quién sigue trabajando en ${organization}. Puede parar en cualquier momento y seguir después. La revisión se llama ${about}.`,
    },
    'review-reminder': {
      subject: 'Recordatorio: confirme quién sigue trabajando con usted',
      what: (organization, about, day) =>
        `Faltan personas de ${organization} por confirmar. El último día es el ${day}. La revisión se llama ${about}.`,
    },
    'not-confirmed': {
      subject: 'Su acceso está suspendido',
      what: (organization, about) =>
        `Nadie confirmó en la revisión ${about} que usted sigue trabajando en ${organization}. Su acceso por medio de ${organization} está suspendido, y se cerró su sesión. Si todavía trabaja ahí, pida a su contacto de la agencia que avise a la mesa de ayuda.`,
    },
    'renewal-person': {
      subject: 'Renueve su acceso',
      what: (_, about, day) =>
        `Debe renovar su acceso antes del ${day}. Inicie sesión: la página de inicio le muestra lo que falta. La renovación se llama ${about}.`,
    },
    'renewal-contact': {
      subject: 'Quién de su agencia no ha renovado',
      what: (organization, about, day) =>
        `Faltan personas de ${organization} por renovar su acceso. El último día es el ${day}. Usted ve sus nombres en su página de la agencia. La renovación se llama ${about}.`,
    },
    'renewal-over': {
      subject: 'Primero debe renovar su acceso',
      what: (_, about) =>
        `La renovación ${about} terminó, y usted no ha renovado su acceso. Termine su capacitación en Moodle y acepte los términos cuando inicie sesión. Después podrá trabajar otra vez.`,
    },
  },
  agencyParts: {
    by: 'Avisó',
    answer: 'La mesa de ayuda dice',
    open: 'Abrir',
    wrong: helpdesk => `Si esto no es correcto, comuníquese con ${helpdesk}.`,
  },
  recordParts: {
    workPhone: 'teléfono del trabajo',
    workExtension: 'extensión',
    jobTitle: 'puesto',
    supervisor: 'persona que supervisa su trabajo',
    primaryOrganization: 'organización principal',
  },
  notices: {
    'password-changed': {
      subject: 'Se cambió su contraseña',
      what: username =>
        `Se cambió la contraseña de su cuenta ${username}. Se cerraron todas las sesiones que usaban la anterior.`,
    },
    'two-step-on': {
      subject: 'Se activó la verificación en 2 pasos',
      what: username =>
        `Se activó la verificación en 2 pasos para su cuenta ${username}. Desde ahora, su contraseña sola ya no la abre: también comprueba que es usted, por ejemplo con un código.`,
    },
    'two-step-off': {
      subject: 'Se desactivó la verificación en 2 pasos',
      what: username =>
        `Se desactivó la verificación en 2 pasos para su cuenta ${username}. Desde ahora, solo necesita su contraseña para iniciar sesión.`,
    },
    'way-added': {
      subject: 'Se agregó una forma de iniciar sesión',
      what: username =>
        `Se agregó a su cuenta ${username} otra forma de comprobar que es usted. Se cerraron todas las demás sesiones de la cuenta. En Configuración de seguridad están todas sus formas.`,
    },
    'way-removed': {
      subject: 'Se quitó una forma de iniciar sesión',
      what: username =>
        `Se quitó de su cuenta ${username} una de las formas de comprobar que es usted. Se cerraron todas las demás sesiones de la cuenta. En Configuración de seguridad están las que le quedan.`,
    },
    'app-replaced': {
      subject: 'Se cambió su aplicación de autenticación',
      what: username =>
        `Se cambió una aplicación de autenticación de su cuenta ${username} por otra nueva. La anterior ya no sirve. Se cerraron todas las demás sesiones de la cuenta.`,
    },
    'card-printed': {
      subject: 'Se imprimió una tarjeta de códigos',
      what: username =>
        `Se imprimió una tarjeta de códigos para su cuenta ${username}. Las tarjetas anteriores ya no sirven. Se cerraron todas las demás sesiones de la cuenta.`,
    },
    'backup-codes-renewed': {
      subject: 'Se hicieron códigos de respaldo nuevos',
      what: username =>
        `Se hicieron códigos de respaldo nuevos para su cuenta ${username}. Los anteriores ya no sirven. Se cerraron todas las demás sesiones de la cuenta.`,
    },
    'recovery-changed': {
      subject: 'Se cambiaron sus datos de recuperación',
      what: username =>
        `Se eligió o se cambió la pregunta de seguridad de su cuenta ${username}. Se la haremos si olvida su contraseña.`,
    },
    'email-changed': {
      subject: 'Se cambió su dirección de correo',
      what: username =>
        `Se cambió la dirección de correo de su cuenta ${username}. Desde ahora le escribiremos a la dirección nueva.`,
    },
    'new-sign-in': {
      subject: 'Inicio de sesión nuevo',
      what: username =>
        `Alguien inició sesión en su cuenta ${username} con un navegador que no habíamos visto antes.`,
    },
  },
  lifecycle: {
    'dormancy-notice': {
      subject: 'Inicie sesión para conservar su cuenta',
      what: when =>
        `Usted no ha iniciado sesión en mucho tiempo. Si no lo hace a más tardar el ${when}, su cuenta quedará inactiva. No se borra nada, y la mesa de ayuda puede reactivarla.`,
    },
    'training-notice': {
      subject: 'Haga su capacitación otra vez',
      what: when =>
        `Su capacitación caduca el ${when}. Complete otra vez el curso en Moodle antes de ese día. Después, no podrá iniciar sesión hasta que lo haya completado.`,
    },
    'two-step-due': {
      subject: 'Configure la verificación en 2 pasos',
      what: when =>
        `A partir del ${when}, su cuenta necesita la verificación en 2 pasos: después de su contraseña, usted comprueba que es usted con una aplicación de autenticación, una llave o una tarjeta de códigos impresa. Puede configurarla ya: inicie sesión y abra Configuración de seguridad. Después de ese día, no podrá continuar después de su contraseña hasta que la configure. ¿No tiene teléfono? La mesa de ayuda le dice qué más sirve.`,
    },
    'suspension-ended': {
      subject: 'Puede iniciar sesión otra vez',
      what: when =>
        `Su cuenta estuvo suspendida hasta ${when}. Está activa otra vez. Puede iniciar sesión con su contraseña actual.`,
    },
    signIn: 'Iniciar sesión',
    help: helpdesk => `Si no puede iniciar sesión, comuníquese con ${helpdesk}.`,
  },
  reset: {
    subject: 'Restablezca su contraseña',
    asked: 'Alguien pidió restablecer la contraseña de su cuenta.',
    withLink: minutes =>
      `Si fue usted, abra el enlace. Sirve una vez, por ${count(minutes, { one: '# minuto', other: '# minutos' })}. Responderá su pregunta de seguridad y después elegirá una contraseña nueva.`,
    withLinkOnly: minutes =>
      `Si fue usted, abra el enlace y elija una contraseña nueva. Sirve una vez, por ${count(minutes, { one: '# minuto', other: '# minutos' })}.`,
    link: 'Restablecer la contraseña',
    ignore: 'Si no fue usted, no haga nada. Su contraseña no cambiará.',
    noQuestion: helpdesk =>
      `Esta cuenta no tiene pregunta de seguridad, así que la contraseña no se puede restablecer por correo. Comuníquese con ${helpdesk}. Pueden ayudarle a iniciar sesión.`,
    barred: helpdesk =>
      `Esta cuenta no se puede usar por ahora, así que este correo no contiene ningún enlace. Si necesita la cuenta, comuníquese con ${helpdesk}.`,
    guarded: helpdesk =>
      `Esta cuenta se bloqueó para protegerla, así que la contraseña no se puede restablecer por correo. Comuníquese con ${helpdesk}. Confirmarán que es usted y pueden ayudarle a iniciar sesión.`,
  },
  welcome: {
    subject: 'Su cuenta está lista',
    made: site => `Creamos una cuenta para usted en ${site}.`,
    organizations: 'Organizaciones',
    workgroups: 'Grupos de trabajo',
    withLink: hours =>
      `Abra el enlace para configurar su cuenta y elegir su propia contraseña. Sirve por ${count(hours, { one: '# hora', other: '# horas' })}. Si lo interrumpen, ábralo otra vez para seguir.`,
    link: 'Configurar su cuenta',
    withoutLink: helpdesk =>
      `Para iniciar sesión por primera vez, necesita una contraseña temporal. Se le da por teléfono o en persona. Nunca la enviamos por correo. Comuníquese con ${helpdesk}.`,
    signIn: 'Iniciar sesión',
  },
}
