import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine } from '../../../test/support/database/store.ts'
import type { Desk } from '../../../test/support/people/desk.ts'
import { openParty } from '../../../test/support/people/party.ts'
import { everybody } from '../../applications/rules.ts'
import type { Choice } from '../../workspace/store.ts'
import { type Opener, verdictOnOpening } from './openings.ts'

const choice = (id: string, onlyIn?: readonly string[]): Choice => ({
  id,
  name: id,
  allows: '',
  ...(onlyIn && { onlyIn }),
})

const opener = (given: Partial<Opener> = {}): Opener => ({
  role: 'user',
  choices: { organizations: [choice('here'), choice('there')], workgroups: [choice('beds')] },
  hasSecondStep: false,
  canSignIn: true,
  ...given,
})

const application = { allowed: everybody, disabledAt: null, needsSecondStep: false }
const only = (given: Partial<typeof everybody>) => ({ ...application, allowed: { ...everybody, ...given } })
const tied = opener({
  choices: {
    organizations: [choice('here'), choice('there')],
    workgroups: [choice('beds', ['there']), choice('desk')],
  },
})

for (const [name, given, who, reach, verdict] of [
  ['for everyone', application, opener(), undefined, 'yes'],
  ['disabled', { ...application, disabledAt: 1 }, opener(), undefined, 'disabled'],
  ['of who is shut out', application, opener({ canSignIn: false }), undefined, 'cannot-sign-in'],
  ['for another role', only({ roles: ['administrator'] }), opener(), undefined, 'no-match'],
  ['for their role', only({ roles: ['user'] }), opener(), undefined, 'yes'],
  ['for one of two organizations', only({ organizations: ['here'] }), opener(), undefined, 'only-as'],
  ['for both organizations', only({ organizations: ['here', 'there'] }), opener(), undefined, 'yes'],
  ['for their one workgroup', only({ workgroups: ['beds'] }), opener(), undefined, 'yes'],
  ['for a workgroup of one organization', only({ workgroups: ['beds'] }), tied, undefined, 'only-as'],
  [
    'for a workgroup they cannot work in',
    only({ workgroups: ['beds'] }),
    opener({ choices: { organizations: [choice('here')], workgroups: [choice('beds', ['there'])] } }),
    undefined,
    'no-match',
  ],
  [
    'outside the agent’s limit',
    only({ organizations: ['elsewhere'] }),
    opener(),
    ['here'],
    'not-within-limit',
  ],
  ['with 2-step verification', { ...application, needsSecondStep: true }, opener(), undefined, 'second-step'],
  [
    'with 2-step verification that is set up',
    { ...application, needsSecondStep: true },
    opener({ hasSecondStep: true }),
    undefined,
    'yes',
  ],
  [
    'with 2-step verification for others',
    { ...only({ roles: ['helpdesk'] }), needsSecondStep: true },
    opener(),
    undefined,
    'no-match',
  ],
] as const)
  test(`an application ${name}: ${verdict}`, () => assert.equal(verdictOnOpening(given, who, reach), verdict))

/** Gives somebody a password of their own, so that they can sign in. */
const withPassword = async ({ store }: Desk, account_id: string): Promise<void> => {
  await store.writeOne(db =>
    db
      .insertInto('credential')
      .values({
        account_id,
        encoded: 'x',
        pepper_id: 'x',
        is_temporary: 0,
        expires_at: null,
        set_at: 1,
      })
      .execute(),
  )
}

eachEngine('the page of a person says what they can open, why not the rest, and what is open', async open => {
  const party = await openParty(await open())
  const { desk } = party
  const { administrator, helpdesk } = desk.callers
  await party.register({ name: 'Vault', allowed: { ...everybody, roles: ['administrator'] } })
  await withPassword(desk, desk.inside)
  const page = async (who = administrator) => (await who.get(`/helpdesk/people/${desk.inside}`)).text()
  const row = (text: string, name: string) =>
    new RegExp(`<tr>(?:(?!</tr>).)*${name}.*?</tr>`, 's').exec(text)?.[0] ?? ''
  assert.match(row(await page(), 'Vault'), /No\. It is for people with the role Administrator\./)
  assert.match(row(await page(), 'Bed Board'), /Yes\..*>No</s)
  await party.tokensFor(await desk.signIn(desk.inside))
  assert.match(row(await page(), 'Bed Board'), /Since /)
  assert.match(await page(helpdesk), /href="[^"]*end-sessions">End sessions/)
  assert.doesNotMatch(await page(helpdesk), /helpdesk\/applications/)
})

eachEngine(
  'an agent with a limit learns of no organization outside it from what a person can open',
  async open => {
    const party = await openParty(await open())
    const { desk } = party
    const both = await desk.add({
      username: 'both',
      organizationIds: [desk.ownOrganization, desk.otherOrganization],
    })
    await withPassword(desk, both)
    const harbor = await party.register({
      name: 'Harbor only',
      allowed: { ...everybody, organizations: [desk.otherOrganization] },
    })
    const session = await desk.signIn(both)
    await session.post('/settings/choose', { organization: desk.otherOrganization })
    await harbor.tokensFor(session)
    const page = async (who: typeof session) => (await who.get(`/helpdesk/people/${both}`)).text()
    const seen = await page(desk.callers.scoped)
    assert.match(seen, /Not in your organizations\./)
    assert.doesNotMatch(seen, /Harbor House|Since /)
    assert.match(await page(desk.callers.helpdesk), /Only while they work in Harbor House Duluth\./)
  },
)
