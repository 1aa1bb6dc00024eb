import type { WorkField } from '../../account/work.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  labels: {
    workPhone: 'Work phone',
    workExtension: 'Extension',
    jobTitle: 'Job title',
    supervisor: 'Supervisor',
  } satisfies Record<WorkField, string>,
  hints: {
    workPhone: 'The number to call back. Leave it blank if there is none.',
    workExtension: 'Leave it blank if there is none.',
    jobTitle: 'Leave it blank if you do not know it.',
    supervisor: 'Name and phone of who can vouch for them. Leave it blank if you do not know.',
  } satisfies Record<WorkField, string>,
  emailHint: 'Leave it blank if they have none. Then nothing can be emailed to them.',
}

type WorkWords = typeof en

export const wordsFor = vocabulary<WorkWords>({ en })
