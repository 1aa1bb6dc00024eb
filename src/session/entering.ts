import type { Context } from 'hono'
import type { Notify } from '../mail/notices.ts'
import type { Tx } from '../store/store.ts'
import { emptyForm } from '../web/request.ts'
import { holder } from './access.ts'
import { type Cookies, knownAs } from './cookies.ts'
import { stepAddress } from './next-step.ts'
import { computerDays, rememberComputer } from './own-computer.ts'
import { isCodeProven } from './proofs.ts'
import type { Reading } from './reading.ts'
import type { Services } from './services.ts'
import { openSession } from './sign-ins.ts'
import { redirect, redirectSaying, type Visit } from './visit.ts'
import { type Holder, type Pending, policyOf, type Visitor } from './visitor.ts'

/** How a pending sign-in becomes a session. */
export interface Entering {
  /** Makes a session of a pending sign-in that has no step left, and leads to the page that was wanted. */
  enter(visit: Visit<Pending>): Promise<Response>
  /** After a step: opens the session when none is left, and leads on. */
  advance(visit: Visit<Holder>): Promise<Response>
}

interface EnteringParts {
  readonly services: Services
  readonly notify: Notify
  readonly cookies: Cookies
  /** The sender of a request, read anew. */
  readonly read: (c: Context) => Promise<Visitor>
  readonly visitOf: Reading
}

export function createEntering({ services, notify, cookies, read, visitOf }: EnteringParts): Entering {
  /** Remembers the computer, where it was wished and still may be. @returns the cookie's value. */
  async function remembered(tx: Tx, visit: Visit<Pending>): Promise<string | undefined> {
    const { keepsComputer, person, proofs, row } = visit.visitor
    const days = computerDays(row, policyOf(visit.visitor))
    if (!keepsComputer || days === 0 || !isCodeProven(proofs)) return undefined
    await services.audit.record(tx, {
      event: 'authn_token_created',
      ...visit.trace(),
      subject: person.id,
      args: { what: 'own-computer', days, browser: visit.userAgent },
    })
    return rememberComputer(tx, { accountId: person.id, epoch: person.epoch }, visit, days)
  }

  /** False when another request was first. */
  async function open(visit: Visit<Pending>): Promise<boolean> {
    const { visitor } = visit
    const person = knownAs(visitor.person.id, visitor.row.browser_generation)
    const { token, computer } = await services.store.write(async tx => {
      const token = await openSession(
        { ...services, notify },
        tx,
        {
          accountId: visitor.person.id,
          epoch: visitor.person.epoch,
          failuresBefore: visitor.failuresBefore,
          returnTo: visitor.returnTo,
          proofs: visitor.proofs,
          pending: visitor,
          csrfSecret: visitor.csrfSecret,
          organization: visitor.organization,
          workgroup: visitor.workgroup,
          previousSignInAt: visitor.row.last_sign_in_at,
          browserKnown: cookies.knows(visit.c, person, visit.now),
        },
        policyOf(visitor),
        visit,
      )
      return { token, computer: token === undefined ? undefined : await remembered(tx, visit) }
    })
    if (token === undefined) return false
    cookies.setHolder(visit.c, token)
    if (computer !== undefined)
      cookies.setOwnComputer(visit.c, computer, computerDays(visitor.row, policyOf(visitor)))
    cookies.remember(visit.c, person, visit.now)
    return true
  }

  async function enter(visit: Visit<Pending>): Promise<Response> {
    if (!(await open(visit))) return redirect(visit, '/sign-in')
    const { returnTo, row } = visit.visitor
    return returnTo === '/' && row.last_sign_in_at === null
      ? redirectSaying(visit, returnTo, 'all-set')
      : redirect(visit, returnTo)
  }

  async function advance(visit: Visit<Holder>): Promise<Response> {
    const visitor = await read(visit.c)
    if (visitor.kind === 'stranger') return redirect(visit, '/sign-in')
    if (visitor.step !== undefined) return redirect(visit, stepAddress[visitor.step])
    if (visitor.kind === 'session') return redirect(visit, visitor.returnTo)
    return enter(visitOf(visit.c, visitor, emptyForm, { access: holder, path: '/' }))
  }

  return { enter, advance }
}
