import { helpdeskOf, letter, mailLanguage } from '../../mail/letter.ts'
import { endLinks, makeLink } from '../../mail/links.ts'
import { queueMail } from '../../mail/queue.ts'
import { facts, link, oneLine, paragraph } from '../../mail/render.ts'
import { wordsFor } from '../../mail/words.ts'
import type { Policy } from '../../policy/table.ts'
import type { Services } from '../../session/services.ts'
import type { Tx } from '../../store/store.ts'

interface WelcomeMail {
  /** True: the mail holds a link that works as long as a temporary password, which must be in force. */
  readonly withLink: boolean
  readonly policy: Policy
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Queues `Your account is ready` in the transaction that makes the account or its temporary password. */
export async function queueWelcome(
  { keyring, settings }: Pick<Services, 'keyring' | 'settings'>,
  tx: Tx,
  accountId: string,
  { withLink, policy, now }: WelcomeMail,
): Promise<void> {
  const account = await tx.db
    .selectFrom('account')
    .select(['email', 'first_name', 'username', 'epoch', 'language'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (account.email === '') return
  const language = mailLanguage(account.language)
  const words = wordsFor(language)
  const { subject, ...said } = words.welcome
  const helpdesk = helpdeskOf(policy, language)
  const how = withLink
    ? [
        paragraph(said.withLink(policy.temporaryPasswordHours)),
        link(
          said.link,
          `${settings.LINTEL_ORIGIN}/welcome/${await welcomeLink(tx, accountId, account.epoch, policy, now)}`,
        ),
      ]
    : [paragraph(said.withoutLink(helpdesk)), link(said.signIn, `${settings.LINTEL_ORIGIN}/sign-in`)]
  const body = letter({ language, policy, subject, firstName: account.first_name }, [
    paragraph(said.made(policy.siteName)),
    facts([words.username, oneLine(account.username)], ...(await placesOf(tx, accountId, said))),
    ...how,
  ])
  await queueMail(
    tx,
    keyring,
    {
      kind: 'welcome',
      accountId,
      recipient: account.email,
      subject,
      ...body,
      ...(withLink && { usefulUntil: now + lifetimeOf(policy) }),
    },
    now,
  )
}

async function welcomeLink(
  tx: Tx,
  accountId: string,
  epoch: number,
  policy: Policy,
  now: number,
): Promise<string> {
  await endLinks(tx, accountId, ['welcome'], now)
  return makeLink(tx, { kind: 'welcome', accountId, epoch, now, lifetime: lifetimeOf(policy) })
}

const lifetimeOf = (policy: Policy): number => policy.temporaryPasswordHours * 3_600_000

async function placesOf(
  tx: Tx,
  accountId: string,
  names: { readonly organizations: string; readonly workgroups: string },
): Promise<readonly (readonly [string, string])[]> {
  const organizations = await tx.db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select('name')
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute()
  const workgroups = await tx.db
    .selectFrom('account_workgroup')
    .innerJoin('workgroup', 'workgroup.id', 'workgroup_id')
    .select('name')
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute()
  const listed = (rows: readonly { readonly name: string }[]) =>
    rows.map(({ name }) => oneLine(name)).join(', ')
  return [
    [names.organizations, listed(organizations)] as const,
    [names.workgroups, listed(workgroups)] as const,
  ].filter(([, value]) => value !== '')
}
