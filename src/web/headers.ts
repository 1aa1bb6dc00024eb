import type { MiddlewareHandler } from 'hono'
import type { NodeEnv } from './request.ts'

/** Where browsers say that a page broke the policy (ASVS V3.4.7); named in every answer's headers. */
export const reportsPath = '/policy-reports'

/** What pages may load: files of this site, nothing inline, nothing from elsewhere (ASVS V3.4.3, V3.4.6, V3.4.7). */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
  `report-uri ${reportsPath}`,
]
/** The name of the address for reports; browsers take it over https alone, and then leave `report-uri` aside. */
const reportsName = 'policy-reports'

const deniedFeatures = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'serial', 'usb']

type Header = readonly [name: string, value: string]

const everywhere: readonly Header[] = [
  ['referrer-policy', 'same-origin'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', deniedFeatures.map(feature => `${feature}=()`).join(', ')],
]

const overHttp: readonly Header[] = [['content-security-policy', policy.join('; ')], ...everywhere]

/** HSTS for two years, with subdomains (ASVS V3.4.1): over http it means nothing (RFC 6797, 7.2). */
const overHttps: readonly Header[] = [
  ['content-security-policy', [...policy, `report-to ${reportsName}`].join('; ')],
  ['reporting-endpoints', `${reportsName}="${reportsPath}"`],
  ...everywhere,
  ['strict-transport-security', 'max-age=63072000; includeSubDomains'],
]

/**
 * Sets the security headers on every answer, and `Cache-Control: no-store` unless the answer says otherwise: only
 * assets do (ASVS V14.3.2). The redirect from a mailed link and the form for an
 * application have a referrer policy of their own; that form may go to the application alone (`formAction`).
 */
export function securityHeaders(options: { readonly https: boolean }): MiddlewareHandler<NodeEnv> {
  const fixed = options.https ? overHttps : overHttp
  return async (context, next) => {
    await next()
    const headers = context.res.headers
    for (const [name, value] of fixed) {
      if (name !== 'referrer-policy' || !headers.has(name)) headers.set(name, value)
    }
    const formAction = context.get('formAction')
    if (formAction !== undefined) headers.set('content-security-policy', policyFor(fixed, formAction))
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  }
}

const ownForms = "form-action 'self'"

const policyFor = (fixed: readonly Header[], origin: string): string =>
  (fixed.find(([name]) => name === 'content-security-policy')?.[1] ?? '').replace(
    ownForms,
    `form-action ${origin}`,
  )
