import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Keyring } from '../store/keyring.ts'
import type { Store, Tx } from '../store/store.ts'
import { claimDelivery, type Delivery, dueRows, markFailed, markSent, takeErrand } from './deliveries.ts'
import { sealContext } from './queue.ts'
import type { Body } from './render.ts'
import { lease, readFailure, retryAfter } from './rules.ts'
import type { Transport } from './transport.ts'

/** Work that a request left behind, by the kind of its row; done in one transaction with the row's end. */
export type Errands = Readonly<Record<string, (tx: Tx, payload: string) => Promise<void>>>

export interface PostmanServices {
  readonly store: Store
  readonly keyring: Keyring
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly now: () => number
}

export interface Postman {
  /** Looks at the queue soon; returns at once. */
  wake(): void
  /** Sends what is due; resolves when nothing is left that could be sent now. */
  deliver(): Promise<void>
  /** Takes nothing more on and waits for what is on its way. */
  stop(): Promise<void>
}

/** Milliseconds between looks when nobody wakes it: mail of other processes and second tries. */
const lookEvery = 15_000
const batch = 5
/** Milliseconds from a wake to the look, drawn at random: the work after a reply must not show in the next request's time. */
const wakeDelay = { least: 50, most: 500 }
/** Milliseconds that a stop waits for a mail server; what is on its way then is tried again after its lease. */
const stopPatience = 5_000

/**
 * Brings queued mail to its way out. Of any number of processes one sends each message: the claim is one conditional
 * update. A crash between the server's yes and the mark sends it a second time, with the same Message-ID.
 */
export function createPostman(parts: {
  readonly services: PostmanServices
  readonly transport: Transport
  readonly errands?: Errands
}): Postman {
  const { services, transport, errands = {} } = parts
  const { store, log, now } = services
  let stopped = false
  let again = false
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let soon: NodeJS.Timeout | undefined

  async function send(id: string): Promise<void> {
    const row = await claimDelivery(store, id, now(), now() + lease)
    if (row === undefined) return
    const failure = await tryOnce(row)
    if (failure === undefined) return markSent(store, id, now())
    const wait = failure.final ? undefined : retryAfter(row.tries)
    log.warn({ mail: id, tries: row.tries, error: failure.code }, wait ? 'mail waits' : 'mail is refused')
    await markFailed(store, row, failure.code, wait && now() + wait)
  }

  async function tryOnce(
    row: Delivery,
  ): Promise<{ readonly code: string; readonly final: boolean } | undefined> {
    const body = services.keyring.open(row.body_sealed ?? '', sealContext(row.id))
    if (body === undefined) return { code: 'ESEAL', final: true }
    const { text, html } = JSON.parse(body) as Body
    const { id, recipient, subject, created_at: createdAt } = row
    try {
      const path = await transport.send({ id, recipient, subject, text, html, createdAt })
      log.info({ mail: id, kind: row.kind, ...(path !== undefined && { path }) }, 'mail sent')
      return undefined
    } catch (error) {
      return readFailure(error)
    }
  }

  async function runErrand(id: string, errand: Errands[string]): Promise<void> {
    await store.write(async tx => {
      const sealed = await takeErrand(tx, id)
      const payload = sealed === undefined ? undefined : services.keyring.open(sealed, sealContext(id))
      if (payload !== undefined) await errand(tx, payload)
    })
  }

  async function handle({ id, kind }: { readonly id: string; readonly kind: string }): Promise<void> {
    const errand = errands[kind]
    if (errand === undefined) return send(id)
    try {
      await runErrand(id, errand)
    } catch (error) {
      log.error({ err: error, kind }, 'an errand failed')
      const row = await claimDelivery(store, id, now(), now() + lease)
      if (row !== undefined) await markFailed(store, row, 'EERRAND', retryAfter(row.tries))
    }
  }

  async function round(): Promise<void> {
    do {
      again = false
      for (let rows = await dueRows(store, now(), batch); rows.length > 0; ) {
        await Promise.all(rows.map(handle))
        rows = stopped ? [] : await dueRows(store, now(), batch)
      }
    } while (again && !stopped)
  }

  function deliver(): Promise<void> {
    again = true
    running ??= round()
      .catch((error: unknown) => log.error({ err: error }, 'the mail queue could not be read'))
      .finally(() => {
        running = undefined
        return again && !stopped ? deliver() : undefined
      })
    return running
  }

  function look(): void {
    clearTimeout(timer)
    if (stopped) return
    timer = setTimeout(look, lookEvery).unref()
    void deliver()
  }

  return {
    wake() {
      soon ??= setTimeout(
        () => {
          soon = undefined
          look()
        },
        randomInt(wakeDelay.least, wakeDelay.most),
      ).unref()
    },
    deliver,
    async stop() {
      stopped = true
      clearTimeout(timer)
      clearTimeout(soon)
      await Promise.race([running, pause(stopPatience, undefined, { ref: false })])
    },
  }
}
