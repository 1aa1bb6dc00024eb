for (const button of document.querySelectorAll<HTMLButtonElement>('[data-show-password]')) {
  const field = document.getElementById(button.getAttribute('aria-controls') ?? '')
  if (!(field instanceof HTMLInputElement)) continue
  const hide = button.dataset['other'] ?? ''
  const show = button.textContent ?? ''
  const set = (shown: boolean) => {
    field.type = shown ? 'text' : 'password'
    button.textContent = shown ? hide : show
  }
  field.autocapitalize = 'none'
  button.hidden = false
  button.addEventListener('click', () => set(field.type === 'password'))
  // A browser remembers what stands in a text field: it must be a password again when it is sent.
  field.form?.addEventListener('submit', () => set(false))
}
