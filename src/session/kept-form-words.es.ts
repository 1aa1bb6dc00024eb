import type { KeptFormWords } from './kept-form-words.en.ts'

export const words: KeptFormWords = {
  notice:
    'Esto es lo que usted escribió antes. No se envió y nada cambió. Revíselo y pulse el botón otra vez. Las contraseñas, respuestas y códigos nunca se guardan: escríbalos de nuevo.',
}
