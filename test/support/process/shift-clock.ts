/**
 * Loaded before `src/main.ts` by `startLintel` when a test sets the clock: `Date` runs ahead by CLOCK_OFFSET milliseconds
 * and by what the test sends later. Timers keep their own pace.
 */
let offset = Number(process.env['CLOCK_OFFSET'] ?? 0)
const RealDate = Date
const now = () => RealDate.now() + offset

globalThis.Date = new Proxy(RealDate, {
  construct: (target, values, newTarget) =>
    Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
})

process.on('message', (message: { advance: number }) => {
  offset += message.advance
  process.send?.({ advanced: message.advance })
})
process.channel?.unref()
