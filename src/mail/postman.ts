import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Keyring } from '../store/keyring.ts'
import type { Store, Tx } from '../store/store.ts'
import {
  claimDelivery,
  type Delivery,
  dueRows,
  markFailed,
  markSent,
  renewDelivery,
  takeErrand,
} from './deliveries.ts'
import { type Failure, readFailure } from './failure.ts'
import { createLanes } from './lanes.ts'
import { sealContext } from './queue.ts'
import type { Body } from './render.ts'
import { isTooLate, lease, leaseRenewal, retryAfter } from './rules.ts'
import type { Transport } from './transport.ts'

/** Work that a request left behind, by the kind of its row; done in one transaction with the row's end. */
type Errands = Readonly<Record<string, (tx: Tx, payload: string) => Promise<void>>>

interface PostmanServices {
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
/** Messages, and errands, that are under way at once. */
const mailLanes = 5
const errandLanes = 5
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
  let timer: NodeJS.Timeout | undefined
  let soon: NodeJS.Timeout | undefined

  async function send(id: string): Promise<void> {
    const row = await claimDelivery(store, id, now(), now() + lease)
    if (row === undefined) return
    const failure = await tryOnce(row)
    if (failure === undefined) return markSent(store, id, now())
    const wait = failure.final ? undefined : retryAfter(row.tries)
    log.warn({ mail: id, tries: row.tries, error: failure.code }, wait ? 'mail waits' : 'mail is refused')
    await markFailed(store, row, failure, wait && now() + wait)
  }

  async function tryOnce(row: Delivery): Promise<Failure | undefined> {
    if (isTooLate(row, now())) return { code: 'ELATE', said: '', final: true }
    const body = services.keyring.open(row.body_sealed ?? '', sealContext(row.id))
    if (body === undefined) return { code: 'ESEAL', said: '', final: true }
    const { text, html } = JSON.parse(body) as Body
    const { id, recipient, subject, created_at: createdAt } = row
    const signs = signsOfLife(row)
    try {
      const path = await transport.send({ id, recipient, subject, text, html, createdAt })
      log.info({ mail: id, kind: row.kind, ...(path !== undefined && { path }) }, 'mail sent')
      return undefined
    } catch (error) {
      return readFailure(error)
    } finally {
      clearInterval(signs)
    }
  }

  /** A slow server may take its time (RFC 5321 4.5.3.2): meanwhile no other process takes the message. */
  function signsOfLife(row: Delivery): NodeJS.Timeout {
    const renew = () => {
      renewDelivery(store, row, now() + lease).catch((error: unknown) =>
        log.error({ err: error, mail: row.id }, 'a message under way could not be held'),
      )
    }
    return setInterval(renew, leaseRenewal).unref()
  }

  async function runErrand(id: string, errand: Errands[string]): Promise<void> {
    await store.write(async tx => {
      const sealed = await takeErrand(tx, id)
      const payload = sealed === undefined ? undefined : services.keyring.open(sealed, sealContext(id))
      if (payload !== undefined) await errand(tx, payload)
    })
  }

  async function doErrand({ id, kind }: { readonly id: string; readonly kind: string }): Promise<void> {
    const errand = errands[kind]
    if (errand === undefined) return
    try {
      await runErrand(id, errand)
    } catch (error) {
      log.error({ err: error, kind }, 'an errand failed')
      const row = await claimDelivery(store, id, now(), now() + lease)
      const wait = row && retryAfter(row.tries)
      if (row !== undefined) await markFailed(store, row, { code: 'EERRAND', said: '' }, wait && now() + wait)
    }
  }

  const failed = (error: unknown) => log.error({ err: error }, 'the mail queue could not be read')
  const kinds = Object.keys(errands)
  /** An errand is quick; a mail server may not be, and nobody who forgot a password waits for it. */
  const lanes = [
    createLanes({
      most: errandLanes,
      due: async () => (kinds.length === 0 ? [] : dueRows(store, now(), batch, { among: true, kinds })),
      handle: doErrand,
      failed,
    }),
    createLanes({
      most: mailLanes,
      due: () => dueRows(store, now(), batch, { among: false, kinds }),
      handle: ({ id }) => send(id),
      failed,
    }),
  ]

  /** Once more after the errands: what they queued is due at once. */
  async function deliver(): Promise<void> {
    const [errandsDone, mailDone] = lanes.map(lane => lane.run())
    await errandsDone
    await Promise.all([mailDone, lanes[1]?.run()])
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
      for (const lane of lanes) lane.stop()
      clearTimeout(timer)
      clearTimeout(soon)
      const underWay = Promise.all(lanes.map(lane => lane.run()))
      await Promise.race([underWay, pause(stopPatience, undefined, { ref: false })])
    },
  }
}
