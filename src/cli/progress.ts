/** What takes a while: a person at a terminal sees how far it is. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}

/** The next line takes the place of the progress. */
export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
}

/** What is done now, also for who reads it later. */
export function sayStep(line: string): void {
  clearProgress()
  process.stderr.write(`${line}\n`)
}
