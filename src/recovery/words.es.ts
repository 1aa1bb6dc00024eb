import type { RecoveryWords } from './words.en.ts'

export const words: RecoveryWords = {
  title: 'Recuperación de la cuenta',
  lead: 'Si olvida su contraseña, le mandamos un enlace por correo. Su pregunta de seguridad asegura que quien lo abre es usted.',
  notUsed: 'Este sitio no usa preguntas de seguridad.',
  notUsedNext:
    'Si olvida su contraseña, elija Olvidé mi contraseña en la página de inicio de sesión. Le enviaremos un enlace por correo.',
  row: 'Pregunta de seguridad',
  isSet: 'Puesta',
  notSet: 'Sin poner',
  set: 'Poner',
  change: 'Cambiar',
  about: 'pregunta de seguridad',
  skip: 'Dejarlo por ahora',
  skipMeans:
    'Sin una pregunta de seguridad no puede recuperar su contraseña sin ayuda. Si la olvida, tiene que llamar a la mesa de ayuda. Puede poner la pregunta más tarde en Configuración de seguridad.',
  next: 'Continuar',
  back: 'Volver a Configuración de seguridad',
  questionTitle: 'Ponga su pregunta de seguridad',
  questionLead: 'Piense en algo que sabrá dentro de un año y que otros no puedan averiguar ni adivinar.',
  question: 'Pregunta',
  questionHint: 'Escriba la suya, o use una de estas ideas:',
  ideas: [
    '¿Cómo llamaba yo a mi primera bicicleta o juguete?',
    '¿Qué comida no vuelvo a comer nunca, y por qué?',
    '¿Cómo se llamaba el vecino que nos ayudó?',
    '¿Qué canción cantábamos en los viajes largos?',
  ],
  answer: 'Respuesta',
  answerHint:
    'Al menos 3 letras o números. Mayúsculas, espacios y signos no importan. Se guarda de modo que nadie la pueda leer.',
  save: 'Guardar',
  saved: 'Su pregunta de seguridad está puesta.',
  refusals: {
    'recovery.question-empty': 'Escriba una pregunta.',
    'recovery.question-too-long': 'Acorte la pregunta: 200 caracteres como máximo.',
    'recovery.answer-too-short': 'Escriba una respuesta más larga: al menos 3 letras o números.',
    'recovery.answer-too-long': 'Acorte la respuesta: 200 caracteres como máximo.',
    'recovery.answer-in-question': 'La pregunta revela la respuesta. Cambie una de las dos.',
    'recovery.gives-username': 'La pregunta o la respuesta es su nombre de usuario. Use otra cosa.',
    'recovery.gives-password':
      'La pregunta o la respuesta contiene su contraseña. Use otra cosa, y nunca anote su contraseña.',
  },
}
