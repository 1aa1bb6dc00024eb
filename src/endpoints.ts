import type { Context } from 'hono'
import { serveFace } from './policy/face.ts'
import type { Services } from './session/services.ts'
import { isFull, whyAway } from './store/away.ts'
import { assets } from './web/assets.ts'
import type { Endpoint } from './web/endpoints.ts'
import { policyReports } from './web/policy-reports.ts'

/** Everything that machines ask for. `reported` is told of each page that broke the policy. */
export function allEndpoints(services: Services, reported: () => void): readonly Endpoint[] {
  const { store, log, now } = services
  return [
    { method: 'GET', path: '/health/live', anyHost: true, answer: c => c.text('ok') },
    { method: 'GET', path: '/health/ready', anyHost: true, answer: c => readiness(c, services) },
    policyReports({ log, now, reported }),
    {
      method: 'GET',
      path: '/assets/*',
      anyHost: true,
      answer: async c =>
        assets.serve(c.req.path, c.req.header('accept-encoding')) ??
        (await serveFace(store, c.req.path)) ??
        c.body(null, 404),
    },
  ]
}

async function readiness(c: Context, { store, log }: Services): Promise<Response> {
  try {
    await store.read.selectFrom('policy').select('id').executeTakeFirst()
    await store.assertRoom()
    return c.text('ok')
  } catch (error) {
    const why = whyAway(error) ?? 'the store does not answer'
    log.error({ err: error }, why)
    return c.text(isFull(error) ? why : 'the store does not answer', 503)
  }
}
