import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** Makes a certificate for these hosts that signs itself, in this folder. @returns paths of the PEM files. */
export async function makeCertificate(
  folder: string,
  name: string,
  hosts = 'DNS:localhost,IP:127.0.0.1',
): Promise<Certificate> {
  const cert = join(folder, `${name}.crt`)
  const key = join(folder, `${name}.key`)
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${hosts}`]
  await promisify(execFile)('openssl', [...request, '-keyout', key, '-out', cert, ...subject])
  return { cert, key }
}
