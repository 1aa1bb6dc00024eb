// A refused form: the summary is where reading goes on.
document.querySelector<HTMLElement>('[data-error-summary]')?.focus()
