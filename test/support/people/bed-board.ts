import { once } from 'node:events'
import { openBoard } from '../../../examples/bed-board/board.ts'
import { createOrganization, createWorkgroup } from '../../../src/workspace/store.ts'
import type { Data } from '../../attacks/support.ts'
import { register } from '../../openid/support.ts'
import { freePort } from '../database/postgres.ts'
import type { Lintel, Scope } from '../process/process.ts'

/** Organizations and workgroups that the example knows by their keys, by name. */
const known = {
  organizations: { 'Lakeside Night Shelter': 'LAKESIDE', 'Juniper House': 'JUNIPER' },
  workgroups: { 'Emergency Shelter Staff': 'STAFF', 'Shelter Reservation Team': 'RESERVATIONS' },
} as const

/** The example application beside a running Lintel, registered; closed when the scope ends. @returns its address. */
export async function openBedBoard(t: Scope, lintel: Lintel, data: Data): Promise<string> {
  const { store, now } = data.services
  await store.write(async tx => {
    for (const [name, key] of Object.entries(known.organizations))
      await createOrganization(tx, { name, key, allows: '' }, now())
    for (const [name, key] of Object.entries(known.workgroups))
      await createWorkgroup(tx, { name, key, allows: '' }, now())
  })
  const origin = `http://localhost:${await freePort()}`
  const { id, secret } = await register(data, {
    name: 'Bed Board',
    purpose: 'Free beds tonight',
    launchUrl: `${origin}/`,
    redirectUris: [`${origin}/callback`],
    signOutUris: [`${origin}/bye`],
    backchannelUri: `${origin}/signed-out`,
  })
  const board = openBoard({ issuer: lintel.origin, clientId: id, clientSecret: secret, origin })
  t.after(async () => {
    board.closeAllConnections()
    board.close()
  })
  await once(board, 'listening')
  return origin
}
