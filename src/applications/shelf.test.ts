import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { openDesk } from '../../test/support/people/desk.ts'
import { plainApplication } from './presets.ts'
import { everybody } from './rules.ts'
import { createApplication, type NewApplication } from './store.ts'

eachEngine('Home leads to what a person may open now, what they used last first', async open => {
  const desk = await openDesk(await open())
  const { store, clock } = desk
  const make = (name: string, given: Partial<NewApplication> = {}) =>
    store.write(tx =>
      createApplication(
        tx,
        {
          ...plainApplication('other'),
          name,
          launchUrl: `https://${name.toLowerCase()}.example.org/`,
          ...given,
        },
        clock.now(),
      ),
    )
  const user = await desk.signIn(desk.inside)
  const home = async (who = user) => (await who.get('/')).text()
  const opened = async (who = user) =>
    [...(await home(who)).matchAll(/<a (?:class="usa-button" )?href="https:[^"]+">Open (\w+)</g)].map(
      ([, name]) => name,
    )
  assert.deepEqual(await opened(), [])
  const beds = await make('Beds', { purpose: 'Free <beds>' })
  assert.match(
    await home(),
    /<h1>[^<]*<\/h1><div class="only-application"><a class="usa-button" href="https:\/\/beds/,
  )
  assert.match(await home(), /Free &lt;beds&gt;/)
  await make('Art')
  await make('Closed', { launchUrl: undefined })
  await make('Desk', { allowed: { ...everybody, roles: ['helpdesk'] } })
  await make('Own', { allowed: { ...everybody, organizations: [desk.ownOrganization] } })
  await make('Other', { allowed: { ...everybody, organizations: [desk.otherOrganization] } })
  const shut = await make('Shut')
  await store.writeOne(db =>
    db.updateTable('application').set({ disabled_at: 1 }).where('id', '=', shut).execute(),
  )
  assert.deepEqual(await opened(), ['Art', 'Beds', 'Own'])
  assert.deepEqual(await opened(desk.callers.helpdesk), ['Art', 'Beds', 'Desk'])
  await store.writeOne(db =>
    db
      .insertInto('application_visit')
      .values({
        session_id: 's',
        application_id: beds,
        account_id: desk.inside,
        began_at: 1,
        used_at: 2,
        ended_at: 3,
      })
      .execute(),
  )
  assert.deepEqual(await opened(), ['Beds', 'Art', 'Own'])
})

eachEngine('who uses the console sees on Home what waits there, and nobody else does', async open => {
  const desk = await openDesk(await open())
  const { helpdesk, user } = desk.callers
  const home = async (who: typeof user) => (await who.get('/')).text()
  assert.match(await home(helpdesk), /Nothing urgent right now/)
  await desk.store.writeOne(db =>
    db
      .insertInto('incident')
      .values({ id: 'i', account_id: desk.inside, kind: 'not-me', opened_at: 1, closed_at: null })
      .execute(),
  )
  assert.match(await home(helpdesk), /<strong>1 needs attention\.<\/strong> 1 incident\./)
  assert.doesNotMatch(await home(user), /incident/)
})
