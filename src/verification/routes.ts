import { atStep, holder, inside } from '../session/access.ts'
import { heldRoute, insideRoute, type Route, redirectSaying } from '../session/visit.ts'
import { download, downloadPath } from './backup-codes/answers.ts'
import type { VerificationParts } from './common/answers.ts'
import { forgetCodes } from './common/kept.ts'
import { postReplace, postTwoStep, showReplace, showTwoStep } from './settings.ts'
import { answerQuestion, askQuestion, postSetUp, questions, showSetUp } from './sign-in-step.ts'

export type { VerificationParts } from './common/answers.ts'

export function verificationRoutes(parts: VerificationParts): readonly Route[] {
  const proof = 'fresh'
  return [
    ...questions.flatMap(question => [
      heldRoute('GET', question.address, atStep('verify'), visit => askQuestion(parts, visit, question)),
      heldRoute('POST', question.address, atStep('verify'), visit => answerQuestion(parts, visit, question)),
    ]),
    heldRoute('GET', '/sign-in/two-step', atStep('two-step'), visit => showSetUp(parts, visit)),
    heldRoute('POST', '/sign-in/two-step', atStep('two-step'), visit => postSetUp(parts, visit)),
    heldRoute('POST', '/sign-in/two-step/saved', holder, async visit => {
      await forgetCodes(parts.services, visit.visitor)
      return parts.door.advance(visit)
    }),
    heldRoute('GET', downloadPath, holder, visit => download(parts, visit), { proof: 'recent' }),
    insideRoute('GET', '/security/two-step', inside, visit => showTwoStep(parts, visit), { proof }),
    insideRoute('POST', '/security/two-step', inside, visit => postTwoStep(parts, visit), { proof }),
    insideRoute('GET', '/security/two-step/replace', inside, visit => showReplace(parts, visit), { proof }),
    insideRoute('POST', '/security/two-step/replace', inside, visit => postReplace(parts, visit), { proof }),
    insideRoute('POST', '/security/two-step/saved', inside, async visit => {
      await forgetCodes(parts.services, visit.visitor)
      return redirectSaying(visit, '/security/two-step', 'saved')
    }),
  ]
}
