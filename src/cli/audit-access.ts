import { type AccessAnswer, accessOf } from '../administration/past-access/question.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Services } from '../session/services.ts'
import { csvLine } from '../web/csv.ts'
import { daysOf } from '../web/moment.ts'
import { type Answer, type Command, refused, textOf, usage } from './command.ts'
import { withServices } from './open.ts'
import { noteRead, noteSubjects } from './reads.ts'
import { write } from './stream.ts'

export const command: Command = {
  usage: 'audit access [--on DAY] [--ended-between DAY] [--and DAY] [--json]',
  about: [
    'Writes who had access to what at the end of a day, since when and authorized by whom, from the audit log alone: one line for each account, role, organization, workgroup and organization that somebody is the contact of. The answer is CSV; with --json, lines of JSON. That it was asked is recorded.',
    '',
    '--on DAY               A day such as 2027-03-01.',
    '--ended-between DAY    Instead: what ended from this day on, until the end of the day of --and.',
    '--and DAY              The last day.',
    '',
    'Days begin and end in the time zone of the policy. Days before the log contained this are refused: not recorded. Run "lintel audit verify" first.',
  ],
  options: { on: { type: 'string' }, 'ended-between': { type: 'string' }, and: { type: 'string' } },
  words: 0,
  async run(input) {
    const [on, from, to] = ['on', 'ended-between', 'and'].map(name => textOf(input.values, name))
    const isOn = on !== undefined && from === undefined && to === undefined
    const isEnded = on === undefined && from !== undefined && to !== undefined
    if (!isOn && !isEnded) return usage('Give --on DAY, or --ended-between DAY --and DAY.')
    return withServices(input, services =>
      answerWith(services, { first: from ?? on ?? '', last: to ?? on ?? '', isEnded }, input.json),
    )
  },
}

interface Asked {
  readonly first: string
  readonly last: string
  readonly isEnded: boolean
}

async function answerWith(services: Services, asked: Asked, json: boolean): Promise<Answer> {
  const { store, now } = services
  const { timeZone } = await readPolicy(store)
  const days = daysOf(asked.first, asked.last, timeZone)
  if (days === undefined || days.from > now())
    return usage('A day is written as in 2027-03-01, and has begun.')
  const answer = await accessOf(store, { ...days, ended: asked.isEnded })
  if (answer.is === 'not-recorded') return refused(notRecorded(answer, timeZone))
  const what = asked.isEnded ? 'ended' : 'access'
  await noteRead(services, { what, from: asked.first, to: asked.last })
  if (!json) await write(csvLine(answer.columns))
  for (const page of answer.pages()) {
    await noteSubjects(
      services,
      what,
      page.map(row => row['account_id']),
    )
    await write(
      page
        .map(row =>
          json ? `${JSON.stringify(row)}\n` : csvLine(answer.columns.map(name => row[name] ?? null)),
        )
        .join(''),
    )
  }
  return { kind: 'done', lines: [], json: undefined }
}

function notRecorded(
  { recordedFrom }: Extract<AccessAnswer, { is: 'not-recorded' }>,
  timeZone: string,
): string {
  if (recordedFrom === undefined) return 'Not recorded: the log does not yet contain who has access.'
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(recordedFrom)
  return `Not recorded: the log contains who has access since ${day} (${timeZone}).`
}
