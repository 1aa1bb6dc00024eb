import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export type Engine = 'sqlite' | 'postgres'

/** A test of anything stored runs once for each. */
export const engines: readonly Engine[] = ['sqlite', 'postgres']

export interface FreshPostgres {
  readonly url: string
  /** Ends all its connections and removes it. */
  drop(): Promise<void>
}

export interface FreshFolder {
  readonly path: string
  remove(): Promise<void>
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (url === undefined || url === '') {
    throw new Error('TEST_DATABASE_URL is not set. Run the tests with "npm test", which starts a PostgreSQL.')
  }
  return url
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Makes a database of its own on the server that TEST_DATABASE_URL names: empty, or a copy of the template, file by file. */
export async function freshPostgres(template = 'template0'): Promise<FreshPostgres> {
  const name = `lintel_test_${randomBytes(8).toString('hex')}`
  await onServer(`create database ${name} template ${template} strategy file_copy`)
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) }
}

/** Makes an empty folder that only this user can read. */
export async function freshFolder(): Promise<FreshFolder> {
  const path = await mkdtemp(join(tmpdir(), 'lintel-test-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
