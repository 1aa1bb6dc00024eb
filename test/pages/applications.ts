import { plainApplication } from '../../src/applications/presets.ts'
import { createApplication, type NewApplication } from '../../src/applications/store.ts'
import { by, type Pages, type State } from './state.ts'
import type { World } from './world.ts'

const callback = 'https://beds.example.org/callback'
const afterSignOut = 'https://beds.example.org/bye'
let registered = 0

/** Registers one more application. @returns the address at `path` that names it. */
async function addressOf(
  { data: { services } }: World,
  path: string,
  given: Partial<NewApplication> = {},
): Promise<string> {
  const application = {
    ...plainApplication('other'),
    name: `Shelter list ${++registered}`,
    redirectUris: [callback],
    signOutUris: [afterSignOut],
    ...given,
  }
  const id = await services.store.write(tx => createApplication(tx, application, services.now()))
  return `${path}${path.includes('?') ? '&' : '?'}client_id=${id}`
}

const entry = (who: string, name: string, wish: string): State =>
  by(who, name, world => addressOf(world, `/applications/enter?wish=${wish}`))

const signOut = (to: string) => `/oidc/sign-out?post_logout_redirect_uri=${encodeURIComponent(to)}`

const authorize = `/oidc/authorize?${new URLSearchParams({
  response_type: 'code',
  response_mode: 'form_post',
  scope: 'openid',
  redirect_uri: callback,
})}`

/** What people see on their way into an application and out of it. */
export const applicationPages: Pages = {
  '/applications/enter': [
    entry('amina', 'leading on', 'sign-in'),
    entry('amina', 'not for this person', 'not-allowed'),
    entry('amina', 'before 2-step verification is set up', 'second-step'),
    entry('amina', 'the password again', 'prove-again'),
    entry('amina', 'where to work', 'workplace'),
    by('amina', 'a form for the application', world =>
      addressOf(world, authorize, { takesFormPost: true, pkceException: 'It cannot.' }),
    ),
  ],
  '/oidc/sign-out': [
    by('amina', 'asked by nobody known', '/oidc/sign-out'),
    by('amina', 'asked by an application', world => addressOf(world, signOut(afterSignOut))),
    {
      name: 'signed out, leading back',
      async show(world) {
        const path = await addressOf(world, signOut(afterSignOut))
        return { path, answer: await world.stranger().get(path) }
      },
    },
  ],
}
