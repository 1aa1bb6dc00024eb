import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

/** A program that helps a test; it dies with the test's process, however that ends. */
export interface Program {
  output(): string
  hasEnded(): boolean
  /** The first whole line that it writes. */
  firstLine(): Promise<string>
  stop(): Promise<void>
}

/** Throws what to install when a program is not there: a missing engine fails the run. */
export function needProgram(path: string, debianPackage: string): string {
  if (existsSync(path)) return path
  throw new Error(
    `${path} is missing. Run scripts/prepare-machine.sh as root, or: apt-get install ${debianPackage}`,
  )
}

export function startProgram(path: string, words: readonly string[], env: NodeJS.ProcessEnv): Program {
  const child = spawn('setpriv', ['--pdeathsig=KILL', path, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const waiting = new Set<() => void>()
  let printed = ''
  const take = (text: string) => {
    printed += text
    for (const check of [...waiting]) check()
  }
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  return {
    output: () => printed,
    hasEnded,
    firstLine: () =>
      new Promise((resolve, reject) => {
        const check = () => {
          const line = /^(.*)\n/.exec(printed)?.[1]
          if (line === undefined) return
          waiting.delete(check)
          resolve(line)
        }
        waiting.add(check)
        child.once('close', () => reject(new Error(`${path} ended:\n${printed}`)))
        check()
      }),
    async stop() {
      if (hasEnded()) return
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
    },
  }
}
