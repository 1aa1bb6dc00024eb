import fc from 'fast-check'
import { createNews } from '../../../src/helpdesk/news/store.ts'
import { createDraft } from '../../../src/terms/drafts.ts'
import { publishTerms } from '../../../src/terms/store.ts'
import { createWorkgroup } from '../../../src/workspace/store.ts'
import type { Caller, Desk } from '../../support/people/desk.ts'

const hour = 3_600_000
/** Runs of each route by each caller; small, because there are so many of both. */
export const runs = Number(process.env['FUZZ_RUNS'] ?? 1)
export const parameters: fc.Parameters<unknown> = { numRuns: runs, endOnFailure: true }

export type Who = Exclude<keyof Desk['callers'], 'anonymous'>
export const everyone: readonly Who[] = ['pending', 'user', 'scoped', 'helpdesk', 'administrator']

/** Ids of all that there is: people, places, news and a draft. */
export async function idsIn(desk: Desk): Promise<readonly [string, ...string[]]> {
  const now = desk.clock.now()
  return desk.store.write(async tx => {
    const by = desk.callers.administrator.id
    const agent = { actor: by, role: 'administrator' } as const
    const content = { title: 'Open house', text: 'Come in.', shownFrom: 1, shownUntil: null }
    await publishTerms(tx, { text: 'Be kind.', effectiveAt: now + hour, by: 'system', now })
    return [
      desk.inside,
      desk.outside,
      desk.ownOrganization,
      desk.otherOrganization,
      ...Object.values(desk.callers).map(({ id }) => id),
      await createWorkgroup(tx, { name: 'Night desk', allows: '' }, now),
      await createNews(desk.services, tx, agent, content, now),
      await createDraft(tx, { text: 'Keep it safe.', by, now }),
    ]
  })
}

/** What a form that gets far says; a run changes, doubles or leaves out some of it. */
const plausible: readonly (readonly [string, string])[] = [
  ['reason', 'Called and asked.'],
  ['identified', 'call-back'],
  ['version', '1'],
  ['seen', '1'],
  ['step', 'sure'],
  ['date', '2027-01-31'],
  ['time', '17:00'],
  ['firstName', 'Ines'],
  ['lastName', 'Lee'],
  ['email', 'ines@example.org'],
  ['title', 'Open house'],
  ['text', 'Come in.'],
  ['name', 'A place'],
]

const otherNames = [
  ...['username', 'organization', 'workgroup', 'limited', 'limitTo', 'flagsShown', 'role', 'person', 'how'],
  ...[
    'value',
    'default',
    'file',
    'form',
    'agent',
    'event',
    'from',
    'to',
    'moodle',
    'trainingReason',
    'change',
  ],
  ...['fromDate', 'fromTime', 'untilDate', 'untilTime', 'allows', 'theme', 'language', 'password', 'code'],
  ...[
    'question',
    'answer',
    'confirm',
    'current',
    'accept',
    'sha256',
    'token',
    'choice',
    '__proto__',
    'x-y_z',
  ],
]

const odd = [
  ...['', ' ', '0', '-1', '1e400', 'NaN', '999999999', '99999999999999999999', '0x10', '1.5', 'null', '[]'],
  ...['0000-01-01', '9999-12-31', '2027-02-30', '24:00', '00:00', '-000001-01-01', 'on', 'off', 'yes', 'no'],
  ...['helpdesk', 'administrator', 'mail', 'print', 'required', 'jsonl', 'system', 'operator:root'],
  ...["' or 1=1 --", '%', '_', '\\', '\u202e', '\ud800', '\ufeff', '\u{10ffff}', 'İ', 'ﷺ'.repeat(18)],
  ...[
    '//evil.example',
    '/\\evil.example',
    'javascript:1',
    '=1+1',
    '\r\nSet-Cookie: a=b',
    '<script>1</script>',
  ],
  ...['a'.repeat(5_000), '1l'.repeat(1_000), 'é'.repeat(81), '#ffffff', 'Europe/Nowhere'],
]

/** Fields of a form or a query: near to what a page sends, with a few that no page sends. */
export const fieldsFrom = (
  ids: readonly [string, ...string[]],
): fc.Arbitrary<readonly (readonly [string, string])[]> => {
  const value = fc.oneof(
    fc.constantFrom(...odd),
    fc.constantFrom(...ids),
    fc.constantFrom(...ids).map(id => `${id}:1`),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  )
  const name = fc.constantFrom(...plausible.map(([key]) => key), ...otherNames)
  return fc
    .tuple(fc.subarray([...plausible], { minLength: 6 }), fc.array(fc.tuple(name, value), { maxLength: 12 }))
    .map(([base, others]) => [...base.filter(([key]) => !others.some(([other]) => other === key)), ...others])
}

/** A route's path with something in the place of each parameter. */
export const addressFrom = (path: string, ids: readonly [string, ...string[]]): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.constantFrom(...ids) },
      { weight: 1, arbitrary: fc.constantFrom(...odd.filter(text => text !== '' && text.isWellFormed())) },
      { weight: 2, arbitrary: fc.constantFrom('1', '2', 'es', 'idleMinutes', 'twoStep', 'siteName') },
    )
    .map(text => path.replace(/:\w+/g, encodeURIComponent(text).replaceAll('.', '%2E')))

/** Somebody signed in just now, with nothing used up of what they may do. */
export async function fresh(desk: Desk, who: Who): Promise<Caller> {
  await desk.store.writeOne(db => db.deleteFrom('throttle').execute())
  return who === 'pending' ? desk.callers.pending : desk.signIn(desk.callers[who].id)
}
