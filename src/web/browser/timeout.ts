const dialog = document.querySelector<HTMLDialogElement>('[data-session]')
const channel = new BroadcastChannel('lintel')
// A page without a session: it is over (0), or the person has ended it (-1) and nothing may stay in sight.
if (!dialog) channel.postMessage(/=(signed-out|ended-by)/.test(location.search) ? -1 : 0)
else {
  const { session, warn, minutes = '', seconds = '' } = dialog.dataset
  const part = (name: string) => dialog.querySelector<HTMLElement>(`[data-${name}]`)
  const write = (name: string, text: string) => {
    const element = part(name)
    if (element) element.textContent = text
  }
  let end = Date.now() + Number(session) * 1000
  let unsent = !!document.querySelector('[data-error-summary]')
  let isOver = false
  let isAsked = false
  let said = 0

  const leave = () => location.replace(location.href)
  const finish = () => {
    if (!unsent) return leave()
    isOver = true
    dialog.dataset['state'] = 'over'
    if (!dialog.open) dialog.showModal()
  }
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(path, init).catch(() => undefined)
    if (!answer) return
    if (answer.redirected || !answer.ok) return finish()
    const left = await answer.json()
    end = Date.now() + left.seconds * 1000
    if (left.last) dialog.dataset['state'] = 'last'
    write('closes', left.closes ?? '')
    part('closes')?.toggleAttribute('hidden', !left.closes)
    if (init) channel.postMessage(end)
  }
  const show = (left: number) => {
    if (!dialog.open) dialog.showModal()
    write('countdown', `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`)
    const step = [300, 240, 180, 120, 60, 30, 10].findLast(step => left <= step) ?? 300
    if (step === said) return
    said = step
    write('said', step < 60 ? seconds.replace('%', `${step}`) : minutes.replace('%', `${step / 60}`))
  }
  const tick = () => {
    if (isOver) return
    const left = Math.round((end - Date.now()) / 1000)
    if (left <= 0) finish()
    else if (left > Number(warn)) {
      isAsked = false
      said = 0
      dialog.close()
    } else if (isAsked) show(left)
    else {
      isAsked = true
      ask('/session/status').then(tick)
    }
  }

  document.querySelector('main')?.addEventListener('input', () => {
    unsent = true
  })
  dialog.addEventListener('cancel', event => isOver || event.preventDefault())
  part('stay')?.addEventListener('submit', async event => {
    event.preventDefault()
    const csrf = dialog.querySelector('input')?.value ?? ''
    await ask('/session/extend', { method: 'POST', body: new URLSearchParams({ csrf }) })
    tick()
  })
  part('close')?.addEventListener('click', () => dialog.close())
  channel.addEventListener('message', ({ data }) => {
    if (isOver) return
    if (data === 0) finish()
    else if (data < 0) leave()
    else if (data > end) {
      end = data
      tick()
    }
  })
  channel.postMessage(end)
  setInterval(tick, 1000)
}
