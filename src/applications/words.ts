import type { LinkCode } from './links.ts'
import type { RegistryCode } from './registry.ts'

/** Why an application or a link was not registered or changed; the same in the console and on the command line. */
export const registryWords = {
  refusals: {
    'application.name': 'Enter a name of up to 80 characters.',
    'application.name-taken': 'Another application has this name. Choose another.',
    'application.purpose': 'Make the description shorter: 200 characters at most.',
    'application.no-address': 'Enter at least one redirect address, and 20 at most.',
    'application.address':
      'Enter an address that begins with https:// and has no # and no name or password in it, such as https://beds.example.org/callback.',
    'application.no-reason': 'Say why this application cannot use PKCE.',
    'application.who':
      'Choose everyone. Or choose only some people, and check at least one role, workgroup or organization.',
    'application.no-version': 'Some of the form was missing. Check the application again, then decide.',
    'application.changed-meanwhile':
      'Someone else changed this application while you were looking at it. Nothing was done. Look at it again, then decide.',
    'application.two-secrets': 'This application already has two secrets. Remove one first.',
    'application.last-secret': 'This is the only secret. Add another one first.',
    'application.already': 'The application is already like that. Nothing was done.',
    'link.name': 'Enter a name of up to 80 characters.',
    'link.address': 'Enter an address that begins with https://, such as https://hmis.example.org/guide.',
    'link.purpose': 'Make the description shorter: 200 characters at most.',
    'link.changed-meanwhile':
      'Someone else changed or removed this link while you had it open. Nothing was done. Look at it again, then decide.',
  } satisfies Record<RegistryCode | LinkCode, string>,
} as const
