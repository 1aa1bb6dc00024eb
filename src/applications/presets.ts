import type { NewApplication } from './store.ts'

/** What kinds of applications need beside a name and addresses; found in their own documents. */
interface Preset {
  readonly name: string
  /** Path at which the application takes its code, after its own address. */
  readonly callback: string
  readonly needs: Partial<Pick<NewApplication, 'pkceException' | 'tokenForm' | 'takesFormPost'>>
}

const noPkce = 'It cannot send a PKCE challenge; its secret protects the code.'

export const presets = {
  other: { name: 'Another application', callback: '/callback', needs: {} },
  moodle: { name: 'Moodle', callback: '/admin/oauth2callback.php', needs: { pkceException: noPkce } },
  'hmis-warehouse': {
    name: 'HMIS Warehouse behind oauth2-proxy',
    callback: '/oauth2/callback',
    needs: { tokenForm: 'jwt' },
  },
  superset: { name: 'Apache Superset', callback: '/oauth-authorized/lintel', needs: {} },
  grafana: { name: 'Grafana', callback: '/login/generic_oauth', needs: {} },
  metabase: { name: 'Metabase', callback: '/auth/sso/lintel/callback', needs: {} },
  apache: { name: 'Apache with mod_auth_openidc', callback: '/redirect_uri', needs: {} },
} as const satisfies Readonly<Record<string, Preset>>

type PresetName = keyof typeof presets

export const isPreset = (text: string): text is PresetName => Object.hasOwn(presets, text)

/** An application that has nothing out of the ordinary but what its kind needs. */
export const plainApplication = (preset: PresetName): NewApplication => ({
  name: '',
  purpose: '',
  preset,
  launchUrl: undefined,
  redirectUris: [],
  signOutUris: [],
  backchannelUri: undefined,
  tokenForm: 'opaque',
  pkceException: undefined,
  takesFormPost: false,
  pairwise: false,
  needsSecondStep: false,
  asksWorkplace: false,
  refreshIsActivity: false,
  allowed: { roles: [], workgroups: [], organizations: [] },
  ...presets[preset].needs,
})
