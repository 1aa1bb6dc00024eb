import { statfs } from 'node:fs/promises'
import { Gauge, type Registry } from 'prom-client'
import { readCertificate } from './certificate.ts'
import type { Services } from './session/services.ts'
import { version } from './web/version.ts'

/** Figures that are looked up when somebody asks for them. None names a person. */
export function addFigures(registry: Registry, { store, settings, now }: Services): void {
  const registers = [registry]
  const figure = (name: string, help: string, read: () => Promise<number> | number) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read())
      },
    })
  new Gauge({
    name: 'lintel_build_info',
    help: 'The version that runs.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1)
  const mailIn = (state: 'waiting' | 'refused') => async () => {
    const { number } = await store.read
      .selectFrom('mail')
      .select(eb => eb.fn.countAll<number>().as('number'))
      .where('state', '=', state)
      .executeTakeFirstOrThrow()
    return Number(number)
  }
  figure('lintel_mail_waiting', 'Messages that wait for the mail server.', mailIn('waiting'))
  figure('lintel_mail_refused', 'Messages that were refused, over the last 90 days.', mailIn('refused'))
  figure('lintel_waits', 'Names, addresses and others that have to wait now after failures.', async () => {
    const { number } = await store.read
      .selectFrom('throttle')
      .select(eb => eb.fn.countAll<number>().as('number'))
      .where('blocked_until', '>', now())
      .executeTakeFirstOrThrow()
    return Number(number)
  })
  figure('lintel_incidents_open', 'Alerts that nobody at the helpdesk has closed.', async () => {
    const { open } = await store.read
      .selectFrom('incident')
      .select(eb => eb.fn.countAll<number>().as('open'))
      .where('closed_at', 'is', null)
      .executeTakeFirstOrThrow()
    return Number(open)
  })
  figure('lintel_store_seconds', 'Time in which the store answers one small question.', async () => {
    const from = performance.now()
    await store.read.selectFrom('policy').select('version').executeTakeFirst()
    return (performance.now() - from) / 1_000
  })
  figure('lintel_disk_free_bytes', 'Room on the disk of the data folder.', async () => {
    const { bavail, bsize } = await statfs(settings.LINTEL_DATA)
    return bavail * bsize
  })
  const { LINTEL_TLS_CERT: certificate } = settings
  if (certificate !== undefined)
    figure(
      'lintel_certificate_ends_seconds',
      "When Lintel's own certificate ends, in seconds since 1970.",
      () => Date.parse(readCertificate(certificate).validTo) / 1_000,
    )
  new Gauge({
    name: 'lintel_job_last_run_seconds',
    help: 'When a job last ended well, in seconds since 1970, over all processes.',
    labelNames: ['job'],
    registers,
    async collect() {
      const rows = await store.read
        .selectFrom('job')
        .select(['name', 'last_run_at'])
        .where('last_run_at', 'is not', null)
        .execute()
      for (const { name, last_run_at } of rows) this.set({ job: name }, Number(last_run_at) / 1_000)
    },
  })
}
