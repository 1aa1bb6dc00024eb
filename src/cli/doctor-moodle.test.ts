import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsFor } from '../../test/support/database/store.ts'
import { finishedAt, type MoodleStandIn, openMoodle } from '../../test/support/outside/moodle.ts'
import { lookAtMoodle } from './doctor-moodle.ts'

const noor = { id: 41, firstname: 'Noor', lastname: 'Haddad', email: 'noor@example.org' }

const sick: readonly (readonly [claim: string, change: (moodle: MoodleStandIn) => void, says: RegExp])[] = [
  [
    'a function is missing',
    moodle => moodle.functions.delete('core_enrol_get_enrolled_users'),
    /may not call core_enrol_get_enrolled_users/,
  ],
  ['the course is gone', moodle => moodle.courses.clear(), /course 7 cannot be looked at \(invalidrecord\)/],
  [
    'the course has no criteria',
    moodle => moodle.add(noor, 7, { completed: false, criteria: [] }),
    /no rule for when it is finished/,
  ],
  [
    'the address leads to a page',
    moodle => {
      moodle.mood = 'html'
    },
    /MOODLE_URL is the site itself/,
  ],
  [
    'Moodle is being repaired',
    moodle => {
      moodle.mood = 'maintenance'
    },
    /being repaired/,
  ],
  [
    'no email address is shown',
    moodle => moodle.people.splice(0, 1, { ...noor, email: '' }),
    /course:useremail/,
  ],
]

async function findingsWith(
  t: { after(work: () => Promise<unknown>): void },
  change: (moodle: MoodleStandIn) => void,
  token?: string,
) {
  const moodle = await openMoodle(t)
  moodle.add(noor, 7, finishedAt(Date.UTC(2026, 0, 1)))
  change(moodle)
  return lookAtMoodle(
    settingsFor('/nowhere', {
      MOODLE_URL: `${moodle.url}/`,
      MOODLE_TOKEN: token ?? moodle.token,
    }),
    [7],
  )
}

for (const [claim, change, says] of sick) {
  test(`the doctor says what to do when ${claim}`, async t => {
    const [finding] = await findingsWith(t, change)
    assert.notEqual(finding?.state, 'good')
    assert.match(finding?.says ?? '', says)
  })
}

test('the doctor says that a token is wrong, and does not repeat it', async t => {
  const [finding] = await findingsWith(t, () => {}, 'wrong-token')
  assert.equal(finding?.state, 'bad')
  assert.match(finding?.says ?? '', /Check MOODLE_TOKEN/)
  assert.doesNotMatch(finding?.says ?? '', /wrong-token/)
})

test('the doctor is content with a Moodle that answers, and silent without one', async t => {
  assert.deepEqual(
    (await findingsWith(t, () => {})).map(({ state }) => state),
    ['good'],
  )
  assert.deepEqual(await lookAtMoodle(settingsFor('/nowhere'), [7]), [])
})
