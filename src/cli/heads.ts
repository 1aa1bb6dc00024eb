import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { ChainHead } from '../audit/audit.ts'

const headsSchema = z.array(
  z.object({ chain: z.string().min(1), length: z.number().int().min(1), head: z.string().min(1) }),
)
const lineSchema = z.object({ heads: headsSchema })

/**
 * Chain heads out of a process log (lines of JSON, of which some have `heads`) or a file that holds nothing but a list
 * of them. Other lines are passed over: logs hold more than this.
 */
export async function readHeadsFile(path: string): Promise<readonly ChainHead[]> {
  const found = new Map<string, ChainHead>()
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    for (const head of headsIn(line)) found.set(`${head.chain} ${head.length} ${head.head}`, head)
  }
  return [...found.values()]
}

function headsIn(line: string): readonly ChainHead[] {
  const start = line.search(/\{"|\[\{/)
  if (start < 0 || !line.includes('"head"')) return []
  const value = parse(line.slice(start))
  const bare = headsSchema.safeParse(value)
  if (bare.success) return bare.data
  const logged = lineSchema.safeParse(value)
  return logged.success ? logged.data.heads : []
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
