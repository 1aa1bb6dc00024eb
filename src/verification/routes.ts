import { atStep, holder, inside } from '../session/access.ts'
import { gateKeyOptions } from '../session/reauthentication.ts'
import { heldRoute, insideRoute, type Route, redirectSaying, routeOf, type Visit } from '../session/visit.ts'
import type { Session } from '../session/visitor.ts'
import { addKeyOptions, type KeyDesk, postAddKey, showAddKey } from './add-key.ts'
import { codesPath, download, downloadPath, showCodes } from './backup-codes/answers.ts'
import type { VerificationParts } from './common/answers.ts'
import { forgetCodes } from './common/kept.ts'
import type { OwnWay } from './common/own-way.ts'
import { answerKey, askKey, keyOptions } from './key-step.ts'
import { type CardDesk, postNewCard, showNewCard } from './print-card.ts'
import { addresses } from './settings/addresses.ts'
import {
  ownWay,
  postAnotherApp,
  postRemove,
  postRename,
  postReplace,
  showAnotherApp,
  showRemove,
  showRename,
  showReplace,
} from './settings/one-way.ts'
import {
  postNewCodes,
  postTurnOff,
  postTwoStep,
  showNewCodes,
  showTurnOff,
  showTwoStep,
} from './settings/two-step.ts'
import { answerQuestion, askQuestion, keysAtSetUp, postSetUp, questions, showSetUp } from './sign-in-step.ts'

export type { VerificationParts } from './common/answers.ts'

type Change = (parts: VerificationParts, visit: Visit<Session>) => Promise<Response>
type ChangeOfOne = (parts: VerificationParts, visit: Visit<Session>, way: OwnWay) => Promise<Response>

const atSignIn: CardDesk = {
  action: '/sign-in/two-step/card',
  back: '/sign-in/two-step',
  saved: '/sign-in/two-step/saved',
}
const inSettings: CardDesk = { action: addresses.card, back: addresses.twoStep, saved: addresses.saved }

/** What is changed on a page of its own, behind the gate. */
const changes: readonly (readonly [Route['method'], path: string, Change])[] = [
  ['GET', addresses.turnOff, showTurnOff],
  ['POST', addresses.turnOff, postTurnOff],
  ['GET', addresses.newCodes, showNewCodes],
  ['POST', addresses.newCodes, postNewCodes],
  ['GET', addresses.card, (parts, visit) => showNewCard(parts, visit, inSettings)],
  ['POST', addresses.card, (parts, visit) => postNewCard(parts, visit, inSettings)],
  ['GET', addresses.anotherApp, showAnotherApp],
  ['POST', addresses.anotherApp, postAnotherApp],
]
const changesOfOne: readonly (readonly [Route['method'], path: string, ChangeOfOne])[] = [
  ['GET', addresses.rename(':id'), (_, visit, way) => showRename(visit, way)],
  ['POST', addresses.rename(':id'), postRename],
  ['GET', addresses.remove(':id'), (_, visit, way) => showRemove(visit, way)],
  ['POST', addresses.remove(':id'), postRemove],
  ['GET', addresses.replace(':id'), showReplace],
  ['POST', addresses.replace(':id'), postReplace],
]

const kinds = ['passkey', 'security-key'] as const

const keyDesksInSettings: readonly KeyDesk[] = kinds.map(kind => ({
  kind,
  action: addresses.newKey[kind],
  back: addresses.twoStep,
  saved: addresses.saved,
}))
const keyDesksAtSignIn: readonly KeyDesk[] = kinds.map(kind => ({
  kind,
  action: keysAtSetUp[kind],
  back: '/sign-in/two-step',
  saved: '/sign-in/two-step/saved',
}))

/** Passkeys and security keys: asked for at sign-in and at the gate, added in both places. */
function keyRoutes(parts: VerificationParts): readonly Route[] {
  const proof = 'fresh'
  const setUp = atStep('two-step')
  const asked = atStep('verify')
  return [
    heldRoute('GET', '/sign-in/passkey', asked, visit => askKey(parts, visit)),
    heldRoute('POST', '/sign-in/passkey', asked, visit => answerKey(parts, visit)),
    heldRoute('GET', '/sign-in/passkey/options', asked, visit => keyOptions(parts, visit, 'verify')),
    insideRoute('GET', gateKeyOptions, inside, visit => keyOptions(parts, visit, 'gate')),
    insideRoute('GET', addresses.turnOffOptions, inside, visit => keyOptions(parts, visit, 'turn-off'), {
      proof,
    }),
    ...keyDesksAtSignIn.flatMap(desk => [
      heldRoute('GET', desk.action, setUp, visit => showAddKey(parts, visit, desk)),
      heldRoute('POST', desk.action, setUp, visit => postAddKey(parts, visit, desk)),
      heldRoute('GET', `${desk.action}/options`, setUp, visit => addKeyOptions(parts, visit, desk)),
    ]),
    ...keyDesksInSettings.flatMap(desk => [
      insideRoute('GET', desk.action, inside, visit => showAddKey(parts, visit, desk), { proof }),
      insideRoute('POST', desk.action, inside, visit => postAddKey(parts, visit, desk), { proof }),
      insideRoute('GET', `${desk.action}/options`, inside, visit => addKeyOptions(parts, visit, desk), {
        proof,
      }),
    ]),
  ]
}

export function verificationRoutes(parts: VerificationParts): readonly Route[] {
  const proof = 'fresh'
  const own = ownWay(parts)
  return [
    ...keyRoutes(parts),
    ...questions.flatMap(question => [
      heldRoute('GET', question.address, atStep('verify'), visit => askQuestion(parts, visit, question)),
      heldRoute('POST', question.address, atStep('verify'), visit => answerQuestion(parts, visit, question)),
    ]),
    heldRoute('GET', '/sign-in/two-step', atStep('two-step'), visit => showSetUp(parts, visit)),
    heldRoute('POST', '/sign-in/two-step', atStep('two-step'), visit => postSetUp(parts, visit)),
    heldRoute('GET', atSignIn.action, atStep('two-step'), visit => showNewCard(parts, visit, atSignIn)),
    heldRoute('POST', atSignIn.action, atStep('two-step'), visit => postNewCard(parts, visit, atSignIn)),
    heldRoute('POST', '/sign-in/two-step/saved', holder, async visit => {
      await forgetCodes(parts.services, visit.visitor)
      return parts.door.advance(visit)
    }),
    heldRoute('GET', codesPath, holder, visit => showCodes(parts, visit), { proof: 'recent' }),
    heldRoute('GET', downloadPath, holder, visit => download(parts, visit), { proof: 'recent' }),
    insideRoute('GET', addresses.twoStep, inside, visit => showTwoStep(parts, visit), { proof }),
    insideRoute('POST', addresses.twoStep, inside, visit => postTwoStep(parts, visit), { proof }),
    ...changes.map(([method, path, answer]) =>
      insideRoute(method, path, inside, visit => answer(parts, visit), { proof }),
    ),
    ...changesOfOne.map(([method, path, answer]) =>
      routeOf(method, path, inside, own, (visit, way) => answer(parts, visit, way), { proof }),
    ),
    insideRoute('POST', addresses.saved, inside, async visit => {
      await forgetCodes(parts.services, visit.visitor)
      return redirectSaying(visit, addresses.twoStep, 'saved')
    }),
  ]
}
