import assert from 'node:assert/strict'
import type { Insertable } from 'kysely'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import type { MailTable } from '../store/schema.ts'
import { readMailTrouble } from './standing.ts'

let id = 0
const put = ({ store }: Opened, given: Partial<Insertable<MailTable>>) =>
  store.writeOne(db =>
    db
      .insertInto('mail')
      .values({
        id: String(++id),
        account_id: null,
        kind: 'x',
        recipient: 'ann@example.org',
        subject: 'x',
        body_sealed: 'x',
        state: 'waiting',
        tries: 0,
        next_try_at: 1,
        created_at: 100,
        ...given,
      })
      .execute(),
  )

const failed = { tries: 1, last_error: 'ESOCKET ECONNREFUSED', server_said: 'connect ECONNREFUSED' }

eachEngine(
  'the mail server is said to take nothing when tried messages wait and none went since',
  async open => {
    const opened = await open()
    const trouble = () => readMailTrouble(opened.store)
    assert.equal(await trouble(), undefined)
    await put(opened, { state: 'sent', sent_at: 90, body_sealed: null })
    await put(opened, { recipient: '', last_error: 'EERRAND' })
    await put(opened, {})
    assert.equal(await trouble(), undefined, 'one that was not tried yet is no sign')
    await put(opened, failed)
    assert.deepEqual(await trouble(), {
      waiting: 2,
      said: 'connect ECONNREFUSED',
      remedy:
        'Nothing answers at that port of the mail server. Check the port in SMTP_URL, and that the server runs.',
    })
    await put(opened, { state: 'sent', sent_at: 110, body_sealed: null })
    assert.equal(await trouble(), undefined, 'another went: this one is put off by itself')
  },
)
