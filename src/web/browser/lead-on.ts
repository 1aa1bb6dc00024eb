// A form that only carries an answer on is sent at once; without scripts the person sends it.
document.querySelector<HTMLFormElement>('form[data-lead-on]')?.submit()
