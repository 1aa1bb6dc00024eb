const longest = 254
const shape = /^[^\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>()[\]\\,;:"@]+@[^\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>()[\]\\,;:"@]+$/u

/** Whether mail can go there: one address and nothing that could begin a second one or another header (RFC 5321, CWE-93). */
export const isSendable = (address: string): boolean => address.length <= longest && shape.test(address)
