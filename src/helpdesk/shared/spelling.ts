/** Words for letters, as they are said on the telephone (ICAO's alphabet, in everyday spelling). */
const spoken: Readonly<Record<string, string>> = Object.fromEntries(
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu'
    .split(' ')
    .map(word => [word.charAt(0), word]),
)

/** How a password is read out, a group at a time: "h as in hotel, 7, k as in kilo, m as in mike". */
export const spellOut = (password: string): readonly string[] =>
  password
    .split('-')
    .map(group => [...group].map(sign => (spoken[sign] ? `${sign} as in ${spoken[sign]}` : sign)).join(', '))
