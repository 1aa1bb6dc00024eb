import { fullName } from '../account/names.ts'
import { type Bar, barOf, stateOf } from '../account/rules.ts'
import { type WorkFacts, workOf } from '../account/work.ts'
import type { Services } from '../session/services.ts'
import type { Role } from '../store/schema.ts'
import { type Answer, type Command, textOf, usage } from './command.ts'
import { withServices } from './open.ts'
import { noteRead, noteSubjects } from './reads.ts'
import { write } from './stream.ts'

const states = [
  'active',
  'deactivated',
  'closed',
  'suspended',
  'inactive',
  'training-expired',
  'locked-down',
] as const
const roles = ['user', 'helpdesk', 'administrator'] as const
const pageSize = 1_000

export const command: Command = {
  usage: 'account list [--role ROLE] [--state STATE] [--json]',
  about: [
    'Lists accounts by username: username, name, role, state. With --json, one line of JSON for each.',
    '',
    `--role ROLE      ${roles.join(', ')}.`,
    `--state STATE    ${states.join(', ')}.`,
  ],
  options: { role: { type: 'string' }, state: { type: 'string' } },
  words: 0,
  async run(input) {
    const { role, state } = { role: textOf(input.values, 'role'), state: textOf(input.values, 'state') }
    if (role !== undefined && !roles.some(known => known === role))
      return usage(`--role is ${roles.join(', ')}.`)
    if (state !== undefined && !states.some(known => known === state))
      return usage(`--state is ${states.join(', ')}.`)
    return withServices(input, services =>
      list(services, { role: role as Role | undefined, state }, input.json),
    )
  },
}

interface Listed extends WorkFacts {
  readonly username: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly state: Bar | 'active'
  readonly lastSignInAt: number | null
}

async function list(
  services: Services,
  filter: { readonly role: Role | undefined; readonly state: string | undefined },
  json: boolean,
): Promise<Answer> {
  const { role = '', state = '' } = filter
  await noteRead(services, { what: 'people', role, state })
  for (let after = ''; ; ) {
    const page = await readPage(services, after, filter.role)
    const listed = page.filter(({ row }) => filter.state === undefined || row.state === filter.state)
    await noteSubjects(
      services,
      'people',
      listed.map(({ id }) => id),
    )
    for (const { row } of listed) {
      await write(
        `${json ? JSON.stringify(row) : [row.username, row.name, row.role, row.state].join('\t')}\n`,
      )
    }
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return { kind: 'done', lines: [], json: undefined }
    after = last.key
  }
}

async function readPage(
  { store, now }: Services,
  after: string,
  role: Role | undefined,
): Promise<readonly { readonly id: string; readonly key: string; readonly row: Listed }[]> {
  let query = store.read
    .selectFrom('account')
    .selectAll()
    .where('username_key', '>', after)
    .orderBy('username_key')
    .limit(pageSize)
  if (role !== undefined) query = query.where('role', '=', role)
  const at = now()
  return (await query.execute()).map(account => ({
    id: account.id,
    key: account.username_key,
    row: {
      username: account.username,
      name: fullName(account.first_name, account.last_name),
      email: account.email,
      ...workOf(account),
      role: account.role,
      state: barOf(stateOf(account), at) ?? 'active',
      lastSignInAt: account.last_sign_in_at,
    },
  }))
}
