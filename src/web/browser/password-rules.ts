for (const list of document.querySelectorAll<HTMLElement>('[data-rules-for]')) {
  const field = document.getElementById(list.dataset['rulesFor'] ?? '')
  if (!(field instanceof HTMLInputElement)) continue
  const { met = '', open = '' } = list.dataset
  const rules = [...list.querySelectorAll<HTMLElement>('[data-min], [data-pattern], [data-same]')].map(
    item => {
      const state = document.createElement('span')
      state.className = 'usa-sr-only'
      item.append(' ', state)
      const pattern = new RegExp(item.dataset['pattern'] ?? '', 'u')
      const min = Number(item.dataset['min'] ?? 0)
      const other = document.getElementById(item.dataset['same'] ?? '')
      const isSame = (text: string) =>
        !(other instanceof HTMLInputElement) || (text !== '' && other.value.normalize('NFC') === text)
      other?.addEventListener('input', () => show())
      return {
        item,
        state,
        holds: (text: string) => [...text].length >= min && pattern.test(text) && isSame(text),
      }
    },
  )
  const show = () => {
    const text = field.value.normalize('NFC')
    for (const rule of rules) {
      const holds = rule.holds(text)
      rule.item.classList.toggle('is-met', holds)
      rule.state.textContent = holds ? `(${met})` : `(${open})`
    }
  }
  field.addEventListener('input', show)
  show()
}
