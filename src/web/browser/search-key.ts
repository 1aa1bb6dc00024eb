document.addEventListener('keydown', event => {
  const isTyping = event.target instanceof Element && event.target.matches('input, select, textarea')
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  const field = document.querySelector<HTMLInputElement>('[data-slash]')
  if (field === null) return
  event.preventDefault()
  field.focus()
})
