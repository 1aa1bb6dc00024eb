export const words = {
  notice:
    'We kept what you entered. It has not been submitted. Check it, then submit it again. Passwords, answers and codes are never kept, so enter them again.',
}

export type KeptFormWords = typeof words
