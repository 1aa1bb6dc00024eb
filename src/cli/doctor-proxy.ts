import { get as getPlain } from 'node:http'
import { get } from 'node:https'
import { isIP } from 'node:net'
import type { Settings } from '../settings.ts'
import { widestProxies } from '../web/proxy.ts'
import type { Finding } from './finding.ts'

const what = 'way in'
/** Milliseconds that the site may take to answer. */
const patience = 5_000

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** The sign-in page as a browser gets it, through whatever stands in front. */
const signInPage = (origin: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const ask = origin.startsWith('https:') ? get : getPlain
    const request = ask(
      `${origin}/sign-in`,
      { headers: { 'accept-encoding': 'gzip, deflate, br' }, timeout: patience },
      response => {
        response.resume()
        resolve({ status: response.statusCode ?? 0, headers: response.headers })
      },
    )
    request.once('timeout', () => request.destroy(new Error('no answer in time')))
    request.once('error', reject)
  })

/** What people meet between their browser and Lintel. */
export async function lookAtProxy(settings: Settings): Promise<readonly Finding[]> {
  const { LINTEL_ORIGIN: origin, LINTEL_TRUSTED_PROXIES: proxies } = settings
  const wide = widestProxies(proxies ?? []).map(
    (range): Finding => ({
      what: 'trusted proxies',
      state: 'warn',
      says: `LINTEL_TRUSTED_PROXIES holds ${range}: whoever comes from there can claim any address. Name the proxy alone.`,
    }),
  )
  return [...wide, ...lookAtName(settings), inWords(origin, await answerOf(origin))]
}

const answerOf = (origin: string): Promise<Answer | Error> =>
  signInPage(origin).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))

function inWords(origin: string, answer: Answer | Error): Finding {
  if (answer instanceof Error) {
    const code = 'code' in answer ? String(answer.code) : answer.message
    return {
      what,
      state: 'warn',
      says: `${origin} does not answer from here (${code}): right while Lintel is stopped, or where the name leads elsewhere from this machine.`,
    }
  }
  const { status, headers } = answer
  if (status === 421 || (status >= 300 && status < 400 && headers['location'] === `${origin}/sign-in`))
    return { what, state: 'bad', says: `${origin} leads in a circle: the proxy has to keep the Host header.` }
  if (status !== 200)
    return { what, state: 'bad', says: `${origin}/sign-in answers ${status} instead of the sign-in page.` }
  const encoding = String(headers['content-encoding'] ?? 'identity')
  if (encoding !== 'identity')
    return {
      what,
      state: 'warn',
      says: `the proxy compresses pages (${encoding}): switch that off for HTML, as a page's length then tells of what is in it.`,
    }
  return { what, state: 'good', says: `${origin} shows the sign-in page, uncompressed` }
}

/** Browsers keep to https for every name below the site's own for two years. */
function lookAtName({ https, LINTEL_ORIGIN }: Settings): readonly Finding[] {
  const { hostname } = new URL(LINTEL_ORIGIN)
  if (!https || isIP(hostname) !== 0 || hostname.split('.').length !== 2) return []
  return [
    {
      what: 'name',
      state: 'warn',
      says: `browsers that were at ${LINTEL_ORIGIN} ask for every name under ${hostname} by https alone, for two years. Give Lintel a name of its own, such as hmis.${hostname}.`,
    },
  ]
}
