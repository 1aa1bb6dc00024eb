/**
 * The container's health check: ends with 0 when Lintel, asked inside the container with its settings, says that its store
 * answers, else with 1. The certificate is made out to the site's name, not to this way in: it is not looked at.
 */
import { get } from 'node:http'
import { get as getSecure } from 'node:https'

const { HOST, PORT, LINTEL_TLS_CERT } = process.env
const address = { host: HOST || '127.0.0.1', port: PORT || '3000', path: '/health/ready' }
const asked = LINTEL_TLS_CERT ? getSecure({ ...address, rejectUnauthorized: false }) : get(address)
asked.once('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
asked.once('error', () => process.exit(1))
