import type { AdapterPayload } from 'oidc-provider'
import type { Application } from '../applications/rules.ts'

/** Stands where the engine expects a secret: ours are kept as hashes and compared by `isRightSecret`. */
const noSecret = 'kept as a hash'

/** The engine's name for `form_post`: its own page has a script in it, so ours stands in its place. */
export const postedMode = 'posted'

/** An application in the words of OpenID Connect Dynamic Client Registration 1.0, which the engine checks. */
export const clientOf = (application: Application): AdapterPayload => ({
  client_id: application.id,
  client_name: application.name,
  client_secret: noSecret,
  redirect_uris: [...application.redirectUris],
  post_logout_redirect_uris: [...application.signOutUris],
  response_types: ['code'],
  response_modes: application.takesFormPost ? ['query', postedMode] : ['query'],
  grant_types: ['authorization_code', 'refresh_token'],
  id_token_signed_response_alg: 'RS256',
  subject_type: application.pairwise ? 'pairwise' : 'public',
  require_auth_time: true,
  ...(application.backchannelUri !== undefined && {
    backchannel_logout_uri: application.backchannelUri,
    backchannel_logout_session_required: true,
  }),
})
