import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { createSecureContext } from 'node:tls'
import { type ServerType, serve } from '@hono/node-server'
import type { Logger } from 'pino'
import type { Settings } from './settings.ts'
import { boundPipeline } from './web/pipeline.ts'
import { noteArrival } from './web/turns.ts'

/** Milliseconds; slow clients lose their connection. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
}
/** Milliseconds after which a connection ends on which nothing moves either way: its reader has stopped taking an answer. */
const stillness = 30_000
/** Milliseconds between looks at the certificate's files. */
const certificateLook = 60_000

/** Suites whose keys are gone after the connection (ASVS V12.1.2); those of TLS 1.3 all are. */
const forwardSecret = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':')

type Fetch = Parameters<typeof boundPipeline>[0]
type CertificateFiles = { readonly cert: string; readonly key: string }

/** Listens as the settings say; with a certificate of its own it speaks TLS and takes up a renewed one by itself. */
export async function listen(settings: Settings, fetch: Fetch, log: Logger): Promise<ServerType> {
  const { LINTEL_TLS_CERT: cert, LINTEL_TLS_KEY: key } = settings
  const files = cert === undefined || key === undefined ? undefined : { cert, key }
  const server = await open(settings, fetch, files)
  if (files !== undefined) renewCertificate(server as TlsServer, files, log)
  return server
}

function open(settings: Settings, fetch: Fetch, files: CertificateFiles | undefined): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: boundPipeline(fetch),
        port: settings.PORT,
        hostname: settings.HOST,
        ...(files === undefined
          ? { createServer, serverOptions: limits }
          : {
              createServer: createTlsServer,
              serverOptions: { ...limits, handshakeTimeout: limits.headersTimeout, ...read(files) },
            }),
      },
      () => resolve(server),
    )
    server.once('error', reject)
    server.on('connection', noteArrival)
    server.setTimeout(stillness)
  })
}

const read = ({ cert, key }: CertificateFiles) => ({
  cert: readFileSync(cert),
  key: readFileSync(key),
  ciphers: forwardSecret,
})

/** When a file was last written, in milliseconds since 1970; a file that is being replaced counts as not written. */
const writtenAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/**
 * Takes up the files when they changed, at the next look or at SIGHUP. A pair that does not fit is logged and the former
 * certificate stays, so that a renewal halfway done cuts nobody off.
 */
function renewCertificate(server: TlsServer, files: CertificateFiles, log: Logger): void {
  const stamp = () => `${writtenAt(files.cert)} ${writtenAt(files.key)}`
  let taken = stamp()
  const look = () => {
    const found = stamp()
    if (found === taken) return
    try {
      const pair = read(files)
      createSecureContext(pair)
      server.setSecureContext(pair)
      taken = found
      log.info('the renewed certificate is in use')
    } catch (error) {
      log.error({ err: error }, 'the renewed certificate cannot be used; the former one stays')
    }
  }
  process.on('SIGHUP', look)
  setInterval(look, certificateLook).unref()
}
