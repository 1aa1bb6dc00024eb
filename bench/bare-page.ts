/** The reference for Home: Hono on the same server library, sending the same bytes and doing nothing else. */
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const html = readFileSync(process.env['PAGE'] ?? '', 'utf8')
const app = new Hono().get('/', c => c.html(html))
serve({ fetch: app.fetch, port: Number(process.env['PORT']), hostname: '127.0.0.1' })
