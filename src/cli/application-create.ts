import { isPreset, plainApplication, presets } from '../applications/presets.ts'
import { registerApplication } from '../applications/registry.ts'
import { reasonHelp, reasonOption } from './account.ts'
import { answerOf, registrarOf } from './application.ts'
import { answer, type Command, isOn, listOf, textOf, usage } from './command.ts'
import { withServices } from './open.ts'

export const command: Command = {
  usage:
    'application create NAME --redirect-uri URI… [--preset PRESET] [--purpose TEXT] [--launch-url URI] [--backchannel-logout-uri URI] [--post-logout-redirect-uri URI]… [--pkce-exception REASON] [--form-post] [--needs-two-step] [--reason TEXT] [--json]',
  about: [
    'Registers an application and prints the three values that it needs; the secret is printed this once.',
    '',
    '--redirect-uri URI     Where people come back to; may be given more than once.',
    `--preset PRESET        ${Object.keys(presets).join(', ')}.`,
    '--purpose TEXT         What it is for, in one line; shown on Home.',
    '--launch-url URI       Where Home opens it.',
    '--backchannel-logout-uri URI',
    '                       Where it wants to hear that a session ended.',
    '--post-logout-redirect-uri URI',
    '                       Where people may be led after they sign out.',
    '--pkce-exception REASON',
    '                       Why it cannot send a PKCE challenge.',
    '--form-post            It takes its code in a form.',
    '--needs-two-step       It opens only after 2-step verification.',
    reasonHelp,
  ],
  options: {
    'redirect-uri': { type: 'string', multiple: true },
    preset: { type: 'string' },
    purpose: { type: 'string' },
    'launch-url': { type: 'string' },
    'backchannel-logout-uri': { type: 'string' },
    'post-logout-redirect-uri': { type: 'string', multiple: true },
    'pkce-exception': { type: 'string' },
    'form-post': { type: 'boolean' },
    'needs-two-step': { type: 'boolean' },
    ...reasonOption,
  },
  words: 1,
  async run(input) {
    const { values } = input
    const preset = textOf(values, 'preset') ?? 'other'
    if (!isPreset(preset)) return usage(`--preset is one of ${Object.keys(presets).join(', ')}.`)
    const plain = plainApplication(preset)
    const given = {
      ...plain,
      name: (input.positionals[0] ?? '').normalize('NFC').trim(),
      purpose: textOf(values, 'purpose') ?? '',
      launchUrl: textOf(values, 'launch-url'),
      redirectUris: listOf(values, 'redirect-uri'),
      signOutUris: listOf(values, 'post-logout-redirect-uri'),
      backchannelUri: textOf(values, 'backchannel-logout-uri'),
      pkceException: textOf(values, 'pkce-exception') ?? plain.pkceException,
      takesFormPost: isOn(values, 'form-post'),
      needsSecondStep: isOn(values, 'needs-two-step'),
    }
    return withServices(input, async ({ store, audit, settings, now }) => {
      const issuer = settings.LINTEL_ORIGIN
      const outcome = await store.write(tx =>
        registerApplication(audit, tx, registrarOf(input, now()), given),
      )
      return answerOf(outcome, ({ id, secret }) =>
        answer([`Issuer: ${issuer}`, `Client id: ${id}`, `Client secret: ${secret}`], {
          ok: true,
          issuer,
          client_id: id,
          client_secret: secret,
        }),
      )
    })
  },
}
