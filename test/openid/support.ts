import { plainApplication } from '../../src/applications/presets.ts'
import { addSecret, createApplication, type NewApplication } from '../../src/applications/store.ts'
import type { Data } from '../attacks/support.ts'

/** Registers an application with a running process, as the console does. @returns what is copied into it. */
export function register(
  { services: { store, now } }: Data,
  given: Partial<NewApplication>,
): Promise<{ readonly id: string; readonly secret: string }> {
  return store.write(async tx => {
    const id = await createApplication(tx, { ...plainApplication('other'), ...given }, now())
    return { id, secret: await addSecret(tx, id, now()) }
  })
}
