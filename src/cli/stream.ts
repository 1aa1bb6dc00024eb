/**
 * Writes to standard output and waits until it is taken, as a slow reader or a full disk may not.
 * @throws what the system says when it is not
 */
export function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, error => (error ? reject(new OutputError(error)) : resolve()))
  })
}

/** Standard output did not take the answer. */
export class OutputError extends Error {
  /** Its reader went away, as `head` does: nobody is left to be told. */
  readonly isClosed: boolean
  constructor(cause: NodeJS.ErrnoException) {
    super(`Standard output did not take the whole answer (${cause.message}).`, { cause })
    this.isClosed = cause.code === 'EPIPE'
  }
}
