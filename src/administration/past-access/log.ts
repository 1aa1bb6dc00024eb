import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Store } from '../../store/store.ts'
import { type AccessFold, createAccessFold } from './fold.ts'
import { type AccessRecord, accessEvents, type Ending, type NamedGrant } from './grants.ts'

interface Row extends AccessRecord {
  readonly chain_id: string
  readonly position: number
}

/** Records read at once: few enough that nobody else waits long for the turn after them. */
const pageLength = 1_000

type Reading = Pick<Store, 'read'>

/** Ids made within one millisecond are in no order: records of one moment are told apart by their chain and place. */
const isBefore = (one: Row, other: Row): boolean =>
  one.at !== other.at
    ? one.at < other.at
    : one.chain_id !== other.chain_id
      ? one.chain_id < other.chain_id
      : one.position < other.position

function readPage(
  { read }: Reading,
  event: string,
  span: { readonly from: number; readonly before: number },
  beyond: Row | undefined,
): Promise<readonly Row[]> {
  return read
    .selectFrom('audit_record')
    .select(['at', 'event', 'actor', 'subject', 'args', 'chain_id', 'position'])
    .where('event', '=', event)
    .where('at', '>=', beyond?.at ?? span.from)
    .where('at', '<', span.before)
    .$if(beyond !== undefined, query =>
      query.where(eb =>
        eb.or([
          eb('at', '>', beyond?.at ?? 0),
          eb('chain_id', '>', beyond?.chain_id ?? ''),
          eb.and([eb('chain_id', '=', beyond?.chain_id ?? ''), eb('position', '>', beyond?.position ?? 0)]),
        ]),
      ),
    )
    .orderBy('at')
    .orderBy('chain_id')
    .orderBy('position')
    .limit(pageLength)
    .execute()
}

/** The records of one event, in the order of its index; each is kept until it is taken. */
class Stream {
  #page: readonly Row[] = []
  #next = 0
  #isLast = false
  readonly #read: (beyond: Row | undefined) => Promise<readonly Row[]>

  constructor(read: (beyond: Row | undefined) => Promise<readonly Row[]>) {
    this.#read = read
  }

  get head(): Row | undefined {
    return this.#page[this.#next]
  }

  async fill(): Promise<void> {
    if (this.head !== undefined || this.#isLast) return
    this.#page = await this.#read(this.#page.at(-1))
    this.#next = 0
    this.#isLast = this.#page.length < pageLength
    await nextTurn()
  }

  take(): void {
    this.#next += 1
  }
}

const first = (streams: readonly Stream[]): Stream | undefined =>
  streams.reduce<Stream | undefined>((best, stream) => {
    if (stream.head === undefined) return best
    return best?.head === undefined || isBefore(stream.head, best.head) ? stream : best
  }, undefined)

/** The first moment that anything of who has access was written down. */
async function readBeginning({ read }: Reading): Promise<number | undefined> {
  const row = await read
    .selectFrom('audit_record')
    .select('at')
    .where('event', '=', 'access_baseline')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return row?.at
}

/** Folds the records before a moment, event by event along the log's index, from the baseline on. */
async function foldBefore(store: Reading, fold: AccessFold, before: number): Promise<void> {
  const from = await readBeginning(store)
  if (from === undefined) return
  let streams = accessEvents.map(
    event => new Stream(beyond => readPage(store, event, { from, before }, beyond)),
  )
  for (;;) {
    if (streams.some(({ head }) => head === undefined)) {
      for (const stream of streams) await stream.fill()
      streams = streams.filter(({ head }) => head !== undefined)
    }
    const next = first(streams)
    if (next?.head === undefined) break
    fold.take(next.head)
    next.take()
  }
  fold.finish(before - 1)
}

/** The days of the question lie before the log held who has access. */
export type NotRecorded = { readonly is: 'not-recorded'; readonly recordedFrom: number | undefined }

type Found<Row> = {
  readonly is: 'found'
  readonly rows: Iterable<Row>
  /** An account that acts by its username, anyone else as the log names them. */
  readonly nameOf: (actor: string) => string
}

const nameIn = (fold: AccessFold) => (actor: string) => fold.usernameOf(actor) ?? actor

/** Everything that somebody had at the end of a day, which is before this moment (milliseconds since 1970). */
export async function accessBefore(store: Reading, before: number): Promise<Found<NamedGrant> | NotRecorded> {
  const fold = createAccessFold()
  await foldBefore(store, fold, before)
  const recordedFrom = fold.recordedFrom()
  if (recordedFrom === undefined || recordedFrom >= before)
    return { is: 'not-recorded', recordedFrom: recordedFrom ?? (await readBeginning(store)) }
  return { is: 'found', rows: fold.held(), nameOf: nameIn(fold) }
}

/** Everything that ended from one moment on and before another; days that began before the log held it are not answered. */
export async function accessEnded(
  store: Store,
  window: { readonly from: number; readonly before: number },
): Promise<Found<Ending> | NotRecorded> {
  const fold = createAccessFold(window)
  await foldBefore(store, fold, window.before)
  const recordedFrom = fold.recordedFrom()
  if (recordedFrom === undefined || recordedFrom > window.from)
    return { is: 'not-recorded', recordedFrom: recordedFrom ?? (await readBeginning(store)) }
  return { is: 'found', rows: fold.endings(), nameOf: nameIn(fold) }
}
