import type { Answer, Client } from '../support/http/client.ts'
import type { Seen, World } from './world.ts'

/** One state of a page, and how a person without scripts comes to see it. */
export interface State {
  readonly name: string
  readonly show: (world: World) => Promise<Seen>
}

/** States of pages, by the path of their GET route. */
export type Pages = Readonly<Record<string, readonly State[]>>

type Path = string | ((world: World) => Promise<string>)
type Fields = Readonly<Record<string, string>>

const pathIn = async (world: World, path: Path) => (typeof path === 'string' ? path : path(world))

/** The page as a stranger sees it. */
export const byStranger = (name: string, path: string): State => ({
  name,
  show: async world => ({ path, answer: await world.stranger().get(path) }),
})

/** Gets a page; where the gate of Security Settings stands before it, the password is given there. */
async function open(world: World, client: Client, username: string, path: string): Promise<Answer> {
  const page = await client.get(path)
  const isGate = path !== '/security' && page.text.includes('autocomplete="current-password"')
  return isGate
    ? client.follow(await client.submit({ password: world.passwordOf(username) }, 'Submit'))
    : page
}

/** The page as somebody sees it who has given the password, through the gate where it has one. */
export const by = (username: string, name: string, path: Path): State => ({
  name,
  async show(world) {
    const address = await pathIn(world, path)
    return { path: address, answer: await open(world, await world.as(username), username, address) }
  },
})

/** The page after its form was sent with these fields, and the password if it was asked for; also after a redirect. */
export const after = (
  username: string | undefined,
  name: string,
  path: Path,
  fields: Fields,
  button?: string,
): State => ({
  name,
  async show(world) {
    const client = username === undefined ? world.stranger() : await world.as(username)
    const address = await pathIn(world, path)
    if (username === undefined) await client.get(address)
    else await open(world, client, username, address)
    const first = await client.submit(fields, button)
    const isAsked = username !== undefined && first.text.includes('name="gatePassword"')
    const sent = isAsked ? await client.submit({ gatePassword: world.passwordOf(username) }, 'Submit') : first
    return { path: sent.location ?? address, answer: await client.follow(sent) }
  },
})

/** The console's page about this person, or one of its verbs. */
export const ofPerson =
  (username: string, verb = '') =>
  async (world: World): Promise<string> =>
    `/helpdesk/people/${await world.idOf(username)}${verb}`
