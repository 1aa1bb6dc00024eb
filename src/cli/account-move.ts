import { leavingCommand } from './leaving.ts'

export const command = leavingCommand({
  verb: 'move',
  about:
    'Moves somebody from one organization to another, at once or when their last day is over. Their workgroups stay.',
  from: 'from',
})
