/** Joiners where they join nothing: elsewhere Persian, Sinhala and other scripts need them. */
const looseJoiners = /(?<![\p{L}\p{M}])[\u200c\u200d]|[\u200c\u200d](?!\p{L})/gu
const unseenButJoiners = /(?![\u200c\u200d])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu

/**
 * A name or a line of text in the form in which it is kept: NFC, one blank between words, none around them, and without
 * the signs that nobody sees and that came along when it was copied. Joiners within words stay.
 */
export const tidyLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(unseenButJoiners, '')
    .replace(looseJoiners, '')
    .replace(/ +/g, ' ')
    .trim()
