/** 2-Step Verification in Security Settings, and what can be done there. */
const twoStep = '/security/two-step'

export const addresses = {
  twoStep,
  turnOff: `${twoStep}/turn-off`,
  turnOffOptions: `${twoStep}/turn-off/options`,
  newCodes: `${twoStep}/new-codes`,
  saved: `${twoStep}/saved`,
  card: `${twoStep}/card`,
  anotherApp: `${twoStep}/apps/new`,
  newKey: { passkey: `${twoStep}/passkeys/new`, 'security-key': `${twoStep}/security-keys/new` },
  rename: (id: string) => `${twoStep}/ways/${id}/rename`,
  remove: (id: string) => `${twoStep}/ways/${id}/remove`,
  replace: (id: string) => `${twoStep}/ways/${id}/replace`,
} as const
