import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { OperatorError } from './store/operator-error.ts'

export interface CertificateFiles {
  readonly cert: string
  readonly key: string
}

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

function or<Value>(make: () => Value, says: string): Value {
  try {
    return make()
  } catch {
    throw new OperatorError(says)
  }
}

export const readCertificate = (path: string): X509Certificate => {
  const bytes = readFileSync(path)
  return or(() => new X509Certificate(bytes), `${path} (LINTEL_TLS_CERT) is no certificate in PEM form.`)
}

function readKey(path: string): KeyObject {
  const bytes = readFileSync(path)
  return or(
    () => createPrivateKey(bytes),
    `${path} (LINTEL_TLS_KEY) is no private key in PEM form, or has a passphrase: take it off (openssl pkey -in FILE).`,
  )
}

/**
 * Reads certificate and key as TLS takes them.
 * @throws OperatorError where they are not what they should be, or do not belong together
 */
export function readPair({ cert, key }: CertificateFiles) {
  if (!readCertificate(cert).checkPrivateKey(readKey(key)))
    throw new OperatorError(
      `${key} (LINTEL_TLS_KEY) is not the key of the first certificate in ${cert} (LINTEL_TLS_CERT). The site's own certificate comes first in that file, then those of its authorities.`,
    )
  const pair = { cert: readFileSync(cert), key: readFileSync(key), ciphers: forwardSecret }
  try {
    createSecureContext(pair)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new OperatorError(`${cert} and ${key} cannot be used for TLS (${said}). Have new ones made.`)
  }
  return pair
}
