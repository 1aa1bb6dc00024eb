import type { CDPSession, Page } from 'playwright-core'

/** A passkey or security key that Chromium plays in one tab (WebDriver extension of W3C Web Authentication 3, 11). */
export interface VirtualKey {
  /** Whether the person touches it when it is asked. */
  present(isPresent: boolean): Promise<void>
  /** What it holds, as it can be put into another one. */
  credentials(): Promise<readonly Credential[]>
  put(credential: Credential): Promise<void>
  remove(): Promise<void>
}

export interface Credential {
  readonly credentialId: string
  readonly isResidentCredential: boolean
  readonly rpId?: string
  readonly privateKey: string
  readonly userHandle?: string
  readonly signCount: number
}

const kinds = {
  passkey: { transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  'security-key': {
    transport: 'usb',
    hasResidentKey: false,
    hasUserVerification: false,
    isUserVerified: false,
  },
} as const

const sessions = new WeakMap<Page, Promise<CDPSession>>()

async function sessionOf(page: Page): Promise<CDPSession> {
  const open = async () => {
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable')
    return session
  }
  const session = sessions.get(page) ?? open()
  sessions.set(page, session)
  return session
}

/** Plugs a key into a tab of Chromium. */
export async function plugIn(page: Page, kind: keyof typeof kinds): Promise<VirtualKey> {
  const session = await sessionOf(page)
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', automaticPresenceSimulation: true, ...kinds[kind] },
  })
  return {
    present: enabled =>
      session
        .send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
        .then(() => undefined),
    async credentials() {
      return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials
    },
    put: credential =>
      session.send('WebAuthn.addCredential', { authenticatorId, credential }).then(() => undefined),
    remove: () =>
      session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }).then(() => undefined),
  }
}
