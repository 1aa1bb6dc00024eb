import { statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { type ServerType, serve } from '@hono/node-server'
import type { Logger } from 'pino'
import { type CertificateFiles, readPair } from './certificate.ts'
import type { Settings } from './settings.ts'
import { OperatorError, ownName } from './store/operator-error.ts'
import { boundPipeline } from './web/pipeline.ts'
import { noteArrival } from './web/turns.ts'

/** Milliseconds; slow clients lose their connection. */
const limits = {
  headersTimeout: 10_000,
  // What a body may take at most; one that comes too slowly ends much earlier (web/slow-bodies.ts).
  requestTimeout: 90 * 60_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
}
/** Milliseconds after which a connection ends on which nothing moves either way: its reader has stopped taking an answer. */
const stillness = 30_000
/** Milliseconds between looks at the certificate's files. */
const certificateLook = 60_000

type Fetch = Parameters<typeof boundPipeline>[0]

/** The system's error for a port, in the words of the settings that chose it. */
export function portTrouble(error: Error, host: string, port: number, setting: string): Error {
  const hostSetting = setting.replace('PORT', 'HOST')
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: `Another program uses port ${port}: choose another ${setting}, or stop that program.`,
    EACCES: `${ownName()} may not listen on port ${port}: choose a ${setting} from 1024 on, or give the service that right (docs/operator.md says how, under "https").`,
    EADDRNOTAVAIL: `This machine has no address ${host}: put one of its own, or 127.0.0.1, into ${hostSetting}.`,
    ENOTFOUND: `No address is known for ${host}: put an address of this machine into ${hostSetting}.`,
    EAI_AGAIN: `No address is known for ${host}: put an address of this machine into ${hostSetting}.`,
    EINVAL: `This machine cannot listen on ${host}: put one of its own addresses, or 127.0.0.1, into ${hostSetting}.`,
    EAFNOSUPPORT: `This machine cannot listen on ${host}: put one of its own addresses, or 127.0.0.1, into ${hostSetting}.`,
  }
  const said = 'code' in error ? words[String(error.code)] : undefined
  return said === undefined ? error : new OperatorError(said)
}

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
              serverOptions: { ...limits, handshakeTimeout: limits.headersTimeout, ...readPair(files) },
            }),
      },
      () => resolve(server),
    )
    server.once('error', error => reject(portTrouble(error, settings.HOST, settings.PORT, 'PORT')))
    server.on('connection', noteArrival)
    server.setTimeout(stillness)
  })
}

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
      server.setSecureContext(readPair(files))
      taken = found
      log.info('the renewed certificate is in use')
    } catch (error) {
      log.error({ err: error }, 'the renewed certificate cannot be used; the former one stays')
    }
  }
  process.on('SIGHUP', look)
  setInterval(look, certificateLook).unref()
}
