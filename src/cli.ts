import { runLine } from './cli/line.ts'

/** Each write hears of its own error; without a listener the first one would end the process before the verb is done. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
process.exit(await runLine(process.argv.slice(2)))
