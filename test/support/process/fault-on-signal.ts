/**
 * Loaded before `src/main.ts` by a test of what happens when something breaks outside a request: SIGUSR2 throws, SIGWINCH
 * leaves a promise rejected. The error has hung on it what a database driver would hang there.
 */
const fault = (message: string) =>
  Object.assign(new Error(message), { client: { password: 'password-of-the-database' } })

process.on('SIGUSR2', () => {
  throw fault('made-up fault')
})
process.on('SIGWINCH', () => void Promise.reject(fault('made-up rejection')))
