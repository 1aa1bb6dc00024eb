import { runLine } from './cli/line.ts'

process.stdout.on('error', () => process.exit(0))
process.exit(await runLine(process.argv.slice(2)))
