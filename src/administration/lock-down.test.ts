import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { giveKey } from '../../test/support/people/authenticator.ts'
import { addPerson } from '../../test/support/people/people.ts'
import type { Act } from '../administration/act.ts'
import { issueTemporaryPassword, lockDown } from '../administration/credential.ts'
import { makeLink } from '../mail/links.ts'
import { readPolicy } from '../policy/policy.ts'
import { offerOf } from '../recovery/forgot/rules.ts'
import { findAccounts, recoveryFacts } from '../recovery/forgot/store.ts'
import { backupCodesLeft, replaceBackupCodes } from '../verification/backup-codes/store.ts'
import { readPasskeys } from '../verification/passkeys/store.ts'

const hour = 3_600_000
const hash = { encoded: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', pepperId: 'testkey1' }

eachEngine(
  'a lock-down leaves a thief no code, no link and no way by mail; a temporary password opens it',
  async open => {
    const opened = await open()
    const { services, store, clock } = opened
    const subjectId = await addPerson(opened, { username: 'amina' })
    const act: Act = {
      agent: { actor: 'operator:test', role: 'administrator' },
      subjectId,
      reason: 'stolen',
      identified: 'in-person',
      now: clock.now(),
    }
    await store.write(async tx => {
      await replaceBackupCodes(tx, services.keyring, subjectId, clock.now())
      await makeLink(tx, { kind: 'reset', accountId: subjectId, epoch: 1, now: clock.now(), lifetime: hour })
    })
    await giveKey(services, subjectId, { rpId: 'localhost' })
    const offered = async () => {
      const [account] = await store.write(tx => findAccounts(tx, 'amina'))
      assert.ok(account)
      return offerOf(
        { ...recoveryFacts(account), hasQuestion: true },
        { securityQuestion: true },
        clock.now(),
      )
    }
    assert.equal(await offered(), 'link')
    assert.equal((await store.write(tx => lockDown(services, tx, act))).ok, true)
    assert.equal(await backupCodesLeft(store.read, subjectId), 0)
    assert.deepEqual(await readPasskeys(store.read, subjectId), [])
    assert.deepEqual(await store.read.selectFrom('one_time_link').select('kind').execute(), [])
    assert.equal(await offered(), 'guarded')
    const policy = await readPolicy(store)
    assert.equal((await store.write(tx => issueTemporaryPassword(services, tx, act, hash, policy))).ok, true)
    assert.equal(await offered(), 'link')
  },
)
