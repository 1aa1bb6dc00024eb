import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

/** A program that helps a test; it dies with the test's process, however that ends. */
export interface Program {
  output(): string
  hasEnded(): boolean
  /** Resolves once what it has written matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  stop(): Promise<void>
}

/** Throws what to install when a program is not there: a missing engine fails the run. */
export function needProgram(
  path: string,
  debianPackage: string,
  how = `Run scripts/prepare-machine.sh as root, or: apt-get install ${debianPackage}`,
): string {
  if (existsSync(path)) return path
  throw new Error(`${path} is missing. ${how}`)
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
    printed: pattern =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = pattern.exec(printed)
          if (found === null) return
          waiting.delete(check)
          resolve(found)
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
