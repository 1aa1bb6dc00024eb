/** Bare Argon2id checks, as many in flight as there are connections in the race, with the library and parameters of Lintel. */
import { hash, verify } from '@node-rs/argon2'
import { defaultHashParameters } from '../src/password/hashing.ts'

const { memoryKib, passes, lanes } = defaultHashParameters
const password = 'x'.repeat(43)
const encoded = await hash(password, {
  memoryCost: memoryKib,
  timeCost: passes,
  parallelism: lanes,
  outputLen: 32,
})

process.on('message', async ({ inFlight, milliseconds }: { inFlight: number; milliseconds: number }) => {
  const from = performance.now()
  const until = from + milliseconds
  let count = 0
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() < until) {
        await verify(encoded, password)
        count += 1
      }
    }),
  )
  process.send?.({ perSecond: (count / (performance.now() - from)) * 1_000 })
})
