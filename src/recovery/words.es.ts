import type { RecoveryWords } from './words.en.ts'

export const words: RecoveryWords = {
  title: 'Recuperación de la cuenta',
  lead: 'Si olvida su contraseña, le enviamos un enlace por correo y le hacemos su pregunta de seguridad para confirmar que es usted.',
  notUsed: 'Este sitio no usa preguntas de seguridad.',
  notUsedNext:
    'Si olvida su contraseña, elija Olvidé mi contraseña en la página de inicio de sesión. Le enviaremos un enlace por correo.',
  row: 'Pregunta de seguridad',
  isSet: 'Elegida',
  notSet: 'Sin elegir',
  set: 'Elegir',
  change: 'Cambiar',
  about: 'pregunta de seguridad',
  skip: 'Omitir por ahora',
  skipMeans:
    'Si omite este paso y olvida su contraseña, solo la mesa de ayuda puede restablecerla. Puede elegir una pregunta después en Configuración de seguridad.',
  next: 'Continuar',
  back: 'Volver a Configuración de seguridad',
  questionTitle: 'Elija su pregunta de seguridad',
  questionLead: 'Elija algo que recordará dentro de un año y que otros no puedan averiguar ni adivinar.',
  question: 'Pregunta',
  questionHint: 'Escriba la suya, o use una de estas ideas:',
  ideas: [
    '¿Cómo llamaba yo a mi primera bicicleta o juguete?',
    '¿Qué comida no volveré a comer nunca?',
    '¿Cómo se llamaba el vecino que nos ayudó?',
    '¿Qué canción cantábamos en los viajes largos?',
  ],
  answer: 'Respuesta',
  answerHint:
    'Al menos 3 letras o números. Las mayúsculas, los espacios y la puntuación no importan. Se guarda de modo que nadie pueda leerla.',
  save: 'Guardar',
  saved: 'Se guardó su pregunta de seguridad.',
  refusals: {
    'recovery.question-empty': 'Escriba una pregunta.',
    'recovery.question-too-long': 'Use 200 caracteres como máximo para la pregunta.',
    'recovery.answer-too-short': 'Escriba una respuesta más larga, con al menos 3 letras o números.',
    'recovery.answer-too-long': 'Use 200 caracteres como máximo para la respuesta.',
    'recovery.answer-in-question': 'La pregunta revela la respuesta. Cambie una de las dos.',
    'recovery.gives-username': 'La pregunta o la respuesta es su nombre de usuario. Use otra cosa.',
    'recovery.gives-password':
      'La pregunta o la respuesta contiene su contraseña. Use otra cosa, y nunca anote su contraseña.',
  },
}
