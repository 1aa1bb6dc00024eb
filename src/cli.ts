import { takeEnvFile } from './cli/env-file.ts'
import { runLine } from './cli/line.ts'
import { explain } from './cli/trouble.ts'

/** Each write hears of its own error; without a listener the first one would end the process before the verb is done. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

function given(): readonly string[] {
  try {
    return takeEnvFile(process.argv.slice(2), process.env)
  } catch (error) {
    process.stderr.write(`${explain(error).join('\n')}\n`)
    process.exit(1)
  }
}

process.exit(await runLine(given()))
