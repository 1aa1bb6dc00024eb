import type { MailWords } from './words.en.ts'

export const words: MailWords = {
  greeting: name => (name === '' ? 'Hola:' : `Hola, ${name}:`),
  helpdesk: (name, ways) => (ways === '' ? name : `${name} (${ways})`),
  foot: helpdesk =>
    `Nadie de la mesa de ayuda le pide nunca su contraseña. ¿Tiene una pregunta? Llame a ${helpdesk}.`,
  username: 'Nombre de usuario',
  notice: {
    when: 'Cuándo',
    browser: 'Con',
    unknownBrowser: 'un navegador que no dijo su nombre',
    browserOn: (browser, system) => [browser ?? 'un navegador', system].filter(Boolean).join(' en '),
    wasYou: 'Si fue usted, no hay nada que hacer.',
    notYou:
      'Si no fue usted, abra el enlace de abajo. Le muestra qué va a pasar antes de que algo cambie. Funciona por 7 días.',
    notMe: 'No fui yo',
    notAsked:
      'Si usted lo pidió, no hay nada que hacer. Si no, abra el enlace de abajo. Le muestra qué va a pasar antes de que algo cambie. Funciona por 7 días.',
    questions: helpdesk => `Si no esperaba esto, llame a ${helpdesk}.`,
  },
  desk: {
    'temporary-password': {
      subject: 'La mesa de ayuda le puso una contraseña nueva',
      what: username =>
        `La mesa de ayuda puso una contraseña temporal para su cuenta ${username}. La que usted tenía ya no sirve, y se cerraron todas las sesiones.`,
    },
    'two-step-reset': {
      subject: 'La mesa de ayuda desactivó la verificación en 2 pasos',
      what: username =>
        `La mesa de ayuda desactivó la verificación en 2 pasos de su cuenta ${username}. Su aplicación y sus códigos de respaldo ya no sirven para ella.`,
    },
    'question-reset': {
      subject: 'La mesa de ayuda quitó su pregunta de seguridad',
      what: username =>
        `La mesa de ayuda quitó la pregunta de seguridad de su cuenta ${username}. Cuando inicie sesión se le pide una nueva.`,
    },
    'email-changed': {
      subject: 'La mesa de ayuda cambió su dirección de correo',
      what: username =>
        `La mesa de ayuda cambió la dirección de correo de su cuenta ${username}. Desde ahora sus correos van a la dirección nueva. Los enlaces que se le mandaron aquí ya no sirven.`,
    },
    'locked-down': {
      subject: 'Su cuenta se bloqueó',
      what: username =>
        `La mesa de ayuda bloqueó su cuenta ${username} para protegerla. Se cerraron todas las sesiones, y la contraseña ya no sirve. Para volver a entrar necesita una contraseña nueva de la mesa de ayuda.`,
    },
    deactivated: {
      subject: 'Su cuenta se cerró',
      what: username => `Su cuenta ${username} se cerró. Ya no puede iniciar sesión con ella.`,
    },
    suspended: {
      subject: 'Su cuenta está en pausa',
      what: (username, moment) =>
        `Su cuenta ${username} está en pausa hasta ${moment}. Antes no puede iniciar sesión. Después funciona otra vez por sí sola.`,
    },
    reactivated: {
      subject: 'Su cuenta está abierta otra vez',
      what: username =>
        `Su cuenta ${username} está abierta otra vez. Puede iniciar sesión con la contraseña que tiene.`,
    },
    'leaving-planned': {
      subject: 'Su cuenta se va a cerrar',
      what: (username, moment) =>
        `Su cuenta ${username} se cierra el ${moment}. Hasta entonces puede iniciar sesión.`,
    },
    'role-changed': {
      subject: 'Su función cambió',
      what: username => `La función de su cuenta ${username} cambió. La ve en el menú que lleva su nombre.`,
    },
    'access-changed': {
      subject: 'Su acceso cambió',
      what: username =>
        `Las organizaciones o los grupos de trabajo de su cuenta ${username} cambiaron. Vale desde la próxima página que abra.`,
    },
  },
  notices: {
    'password-changed': {
      subject: 'Su contraseña cambió',
      what: username =>
        `La contraseña de su cuenta ${username} cambió. Se cerraron todas las sesiones que usaban la anterior.`,
    },
    'two-step-on': {
      subject: 'La verificación en 2 pasos se activó',
      what: username =>
        `La verificación en 2 pasos se activó para su cuenta ${username}. Desde ahora, al iniciar sesión se pide un código de la aplicación.`,
    },
    'two-step-off': {
      subject: 'La verificación en 2 pasos se desactivó',
      what: username =>
        `La verificación en 2 pasos se desactivó para su cuenta ${username}. Desde ahora, al iniciar sesión se pide solo la contraseña.`,
    },
    'backup-codes-renewed': {
      subject: 'Se hicieron códigos de respaldo nuevos',
      what: username =>
        `Se hicieron códigos de respaldo nuevos para su cuenta ${username}. Los anteriores ya no sirven. Se cerraron todas las demás sesiones de la cuenta.`,
    },
    'recovery-changed': {
      subject: 'Sus datos de recuperación cambiaron',
      what: username =>
        `La pregunta de seguridad de su cuenta ${username} se puso o cambió. Se le pregunta cuando olvida su contraseña.`,
    },
    'email-changed': {
      subject: 'Su dirección de correo cambió',
      what: username =>
        `La dirección de correo de su cuenta ${username} cambió. Desde ahora sus correos van a la dirección nueva.`,
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
        `Usted no ha iniciado sesión por mucho tiempo. Si no lo hace antes del ${when}, su cuenta queda en reposo. No se borra nada: la mesa de ayuda puede despertarla.`,
    },
    'training-notice': {
      subject: 'Haga su capacitación otra vez',
      what: when =>
        `Su capacitación vale hasta el ${when}. Termine otra vez el curso en Moodle antes de ese día. Después no podrá entrar hasta que lo haya hecho.`,
    },
    'suspension-ended': {
      subject: 'Puede iniciar sesión otra vez',
      what: when =>
        `Su cuenta estaba en pausa hasta ${when}. Ese tiempo pasó. Puede iniciar sesión con la contraseña que tiene.`,
    },
    signIn: 'Iniciar sesión',
    help: helpdesk => `Si no puede iniciar sesión, llame a ${helpdesk}.`,
  },
  reset: {
    subject: 'Recupere su contraseña',
    asked: 'Alguien pidió poner una contraseña nueva para su cuenta.',
    withLink: minutes =>
      `Si fue usted, abra el enlace. Sirve una vez, por ${minutes} minutos. Se le hace su pregunta de seguridad, y después se le pide una contraseña nueva.`,
    withLinkOnly: minutes =>
      `Si fue usted, abra el enlace y elija una contraseña nueva. Sirve una vez, por ${minutes} minutos.`,
    link: 'Recuperar la contraseña',
    ignore: 'Si no fue usted, no haga nada. Su contraseña sigue como está.',
    noQuestion: helpdesk =>
      `Esta cuenta no tiene pregunta de seguridad, por eso la contraseña no se puede recuperar por correo. Llame a ${helpdesk}: le ayudan a entrar.`,
    barred: helpdesk =>
      `Esta cuenta no se puede usar por ahora, por eso este correo no trae enlace. Si necesita la cuenta, llame a ${helpdesk}.`,
    guarded: helpdesk =>
      `Esta cuenta se bloqueó para protegerla, por eso la contraseña no se puede recuperar por correo. Llame a ${helpdesk}: comprueban que es usted y le ayudan a entrar.`,
  },
  welcome: {
    subject: 'Su cuenta está lista',
    made: site => `Se hizo una cuenta para usted en ${site}.`,
    organizations: 'Organizaciones',
    workgroups: 'Grupos de trabajo',
    withLink: hours =>
      `Abra el enlace para preparar su cuenta y elegir su propia contraseña. Sirve una vez, por ${hours} horas.`,
    link: 'Preparar su cuenta',
    withoutLink: helpdesk =>
      `Para iniciar sesión por primera vez necesita una contraseña temporal. Se la da ${helpdesk}, por teléfono o en persona. Nunca se manda por correo.`,
    signIn: 'Iniciar sesión',
  },
}
