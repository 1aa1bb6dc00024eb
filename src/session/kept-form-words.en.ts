export const words = {
  notice:
    'This is what you wrote before. It was not sent, and nothing was changed. Look at it again, then press the button once more. Passwords, answers and codes are never kept: type them again.',
}

export type KeptFormWords = typeof words
