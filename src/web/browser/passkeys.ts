const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), sign => sign.charCodeAt(0))
const textOf = (bytes: ArrayBuffer | null) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer())))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')
const named = (list: readonly { readonly id: string }[]) =>
  list.map(({ id, ...rest }) => ({ ...rest, type: 'public-key' as const, id: bytesOf(id) }))

// Password managers put their own functions for JSON in the place of the browser's: here it is made by hand.
const answers: Record<string, (given: never) => Promise<unknown>> = {
  async create(given: Omit<PublicKeyCredentialCreationOptionsJSON, 'extensions'>) {
    const publicKey = {
      ...given,
      challenge: bytesOf(given.challenge),
      user: { ...given.user, id: bytesOf(given.user.id) },
      excludeCredentials: named(given.excludeCredentials ?? []),
    } as PublicKeyCredentialCreationOptions
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    const response = made.response as AuthenticatorAttestationResponse
    return {
      id: made.id,
      clientDataJSON: textOf(response.clientDataJSON),
      attestationObject: textOf(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    }
  },
  async get(given: Omit<PublicKeyCredentialRequestOptionsJSON, 'extensions'>) {
    const publicKey = {
      ...given,
      challenge: bytesOf(given.challenge),
      allowCredentials: named(given.allowCredentials ?? []),
    } as PublicKeyCredentialRequestOptions
    const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
    const response = used.response as AuthenticatorAssertionResponse
    return {
      id: used.id,
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
      userHandle: textOf(response.userHandle),
    }
  },
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-key]')) {
  const { form } = button
  if (!form) break
  const note = (name: string) => form.querySelector<HTMLElement>(`[data-key-${name}]`)
  if (!window.PublicKeyCredential) {
    note('absent')?.setAttribute('data-key-absent', 'shown')
    button.remove()
    break
  }
  const { key = '', options = '' } = button.dataset
  const show = (isFailed: boolean) => {
    button.disabled = !isFailed
    note('failed')?.toggleAttribute('hidden', !isFailed)
  }
  note('absent')?.remove()
  button.hidden = false
  button.addEventListener('click', async event => {
    event.preventDefault()
    show(false)
    try {
      const asked = await fetch(options)
      if (asked.redirected || !asked.ok) return location.reload()
      const answer = await answers[key]?.((await asked.json()) as never)
      const field = form.elements.namedItem('passkey')
      if (field instanceof HTMLInputElement) field.value = JSON.stringify(answer)
      form.submit()
    } catch {
      show(true)
      note('failed')?.focus()
    }
  })
}
