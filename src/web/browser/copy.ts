// `navigator.clipboard` is absent where the page is not secure: then the text is copied by hand.
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  if (!navigator.clipboard) break
  const label = button.textContent
  const { copy = '', done = '' } = button.dataset
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(copy)
    button.textContent = done
    setTimeout(() => {
      button.textContent = label
    }, 4000)
  })
}
