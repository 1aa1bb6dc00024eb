import type { KeptFormWords } from './kept-form-words.en.ts'

export const words: KeptFormWords = {
  notice:
    'Guardamos lo que escribió. Todavía no se ha enviado. Revíselo y envíelo otra vez. Las contraseñas, respuestas y códigos nunca se guardan: escríbalos de nuevo.',
}
