import { nameKey } from '../account/names.ts'
import { type WorkFacts, type WorkField, workFrom } from '../account/work.ts'
import { createPerson } from '../administration/create.ts'
import { preparePassword } from '../administration/credential.ts'
import { verbWords } from '../administration/words.ts'
import { readPolicy } from '../policy/policy.ts'
import { openHasher } from '../services.ts'
import type { Role } from '../store/schema.ts'
import { isTaken, type Store } from '../store/store.ts'
import { checkTraining, keepTrainingCheck, type TrainingCheck } from '../training/check.ts'
import { knowledgeInWords } from '../training/say.ts'
import { dayInWords, timeInWords } from '../web/time.ts'
import { operatorAct, reasonHelp, reasonOption } from './account.ts'
import {
  type Answer,
  answer,
  type Command,
  type Input,
  listOf,
  refused,
  refusedWith,
  textOf,
  usage,
} from './command.ts'
import { withServices } from './open.ts'

export const command: Command = {
  usage:
    'account create USERNAME [--first-name NAME] [--last-name NAME] [--email ADDRESS] [--work-phone NUMBER] [--extension NUMBER] [--job-title TEXT] [--supervisor TEXT] [--role ROLE] [--organization NAME]… [--workgroup NAME]… [--training-override REASON] [--reason TEXT] [--json]',
  about: [
    'Creates an account and prints its temporary password once.',
    '',
    '--role ROLE            user (unless given), helpdesk or administrator.',
    '--email ADDRESS        Leave it out for someone who has none: nothing can be emailed to them.',
    '--work-phone NUMBER    The number that the helpdesk calls back.',
    '--extension NUMBER     The extension of that number.',
    '--job-title TEXT       What the person is at work.',
    '--supervisor TEXT      Name and phone of who can vouch for the person.',
    '--organization NAME    Where the person works. Can be given more than once; the first is the primary one.',
    '--workgroup NAME       What they can do. Can be given more than once, or left out.',
    '--training-override REASON',
    '                       Why the account is created before finished training is confirmed.',
    reasonHelp,
  ],
  options: {
    'first-name': { type: 'string' },
    'last-name': { type: 'string' },
    email: { type: 'string' },
    'work-phone': { type: 'string' },
    extension: { type: 'string' },
    'job-title': { type: 'string' },
    supervisor: { type: 'string' },
    role: { type: 'string' },
    organization: { type: 'string', multiple: true },
    workgroup: { type: 'string', multiple: true },
    'training-override': { type: 'string' },
    ...reasonOption,
  },
  words: 1,
  async run(input) {
    const role = roleOf(textOf(input.values, 'role') ?? 'user')
    if (role === undefined) return usage('--role is user, helpdesk or administrator.')
    const text = (name: string) => textOf(input.values, name) ?? ''
    const [firstName, lastName] = [text('first-name'), text('last-name')]
    if (firstName === '' && lastName === '') return usage('--first-name or --last-name is required.')
    const work = workFrom(field => text(workOptions[field]))
    const username = input.positionals[0] ?? ''
    return create(input, { username, firstName, lastName, email: text('email'), ...work, role })
  },
}

const workOptions: Readonly<Record<WorkField, string>> = {
  workPhone: 'work-phone',
  workExtension: 'extension',
  jobTitle: 'job-title',
  supervisor: 'supervisor',
}

const roleOf = (text: string): Role | undefined =>
  (['user', 'helpdesk', 'administrator'] as const).find(role => role === text)

interface Entry extends WorkFacts {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: Role
}

function create(input: Input, entry: Entry): Promise<Answer> {
  return withServices(input, async services => {
    const { store, keyring, now } = services
    const organizations = await idsOf(store, 'organization', listOf(input.values, 'organization'))
    if (organizations.missing !== undefined)
      return refused(`There is no organization named "${organizations.missing}".`)
    const workgroups = await idsOf(store, 'workgroup', listOf(input.values, 'workgroup'))
    if (workgroups.missing !== undefined)
      return refused(`There is no workgroup named "${workgroups.missing}".`)
    const policy = await readPolicy(store)
    const override = textOf(input.values, 'training-override') ?? ''
    const trainee = { moodleUserId: null, email: entry.email, workgroupIds: workgroups.ids }
    const check = await checkTraining(services, policy, trainee, override)
    const told = trainingInWords(check, policy.timeZone)
    if (check.answer === 'closed')
      return refused(
        told,
        'Policy requires finished training. To create the account anyway, add --training-override "the reason".',
      )
    const prepared = await preparePassword(openHasher(keyring))
    if (prepared.busy) return refused('The password could not be hashed in time. Run this again.')
    const { subjectId: _none, ...act } = operatorAct(input, '', now())
    const person = { ...entry, organizationIds: organizations.ids, workgroupIds: workgroups.ids }
    const outcome = await store
      .write(async tx => {
        const made = await createPerson(services, tx, act, person, { hash: prepared.value.hash, policy })
        if (made.ok)
          await keepTrainingCheck(services, tx, made.value.id, check, { ...act.agent, now: act.now })
        return made
      })
      .catch(error => {
        if (isTaken(error)) return 'taken' as const
        throw error
      })
    if (outcome === 'taken') return refused(verbWords.refusals['account.username-taken'])
    if (!outcome.ok) return refusedWith(outcome.refusals, verbWords.refusals)
    const expiresAt = act.now + policy.temporaryPasswordHours * 3_600_000
    const { id, username } = outcome.value
    return answer(
      [
        `The account ${username} was created.`,
        ...(check.answer === 'warn' && services.settings.MOODLE_URL !== undefined ? [told] : []),
        `Temporary password: ${prepared.value.text}`,
        `It works until ${timeInWords(expiresAt, policy.timeZone, 'en')}. You will not be able to see it again.`,
      ],
      { ok: true, id, username, temporaryPassword: prepared.value.text, expiresAt },
    )
  })
}

function trainingInWords({ finding }: TrainingCheck, timeZone: string): string {
  const { known } = finding
  const day = known.kind === 'finished' && known.at !== undefined ? dayInWords(known.at, timeZone, 'en') : ''
  return knowledgeInWords(known, day, 'en')
}

async function idsOf(
  { read }: Store,
  table: 'organization' | 'workgroup',
  names: readonly string[],
): Promise<{ readonly ids: readonly string[]; readonly missing: string | undefined }> {
  const keys = [...new Set(names.map(nameKey))]
  if (keys.length === 0) return { ids: [], missing: undefined }
  const rows = await read
    .selectFrom(table)
    .select(['id', 'name_key'])
    .where('name_key', 'in', keys)
    .where('retired_at', 'is', null)
    .execute()
  const found = new Map(rows.map(row => [row.name_key, row.id]))
  return {
    ids: keys.flatMap(key => found.get(key) ?? []),
    missing: names.find(name => !found.has(nameKey(name))),
  }
}
