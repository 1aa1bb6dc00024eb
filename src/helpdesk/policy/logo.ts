import { logoPath } from '../../policy/face.ts'
import { cleanLogo, keepLogo, largestLogo, logoHash } from '../../policy/logo.ts'
import { readPolicyState } from '../../policy/policy.ts'
import type { PolicyCode } from '../../policy/rules.ts'
import { type Refusal, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import { insideRoute, type Route, redirectSaying, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { button, buttonGroup, fileField, form, hidden, problemFor } from '../../web/parts.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { storeChange } from './change.ts'
import { aboutValue, backLink, type EditView, reasonField } from './edit-pages.ts'
import { changesSince, historyTable, problemsOf, summaryOf } from './pages.ts'
import { readEntry } from './rules.ts'
import { readPolicyHistory } from './store.ts'
import { wordsFor } from './words.ts'

const name = 'agencyLogo'
const address = `/helpdesk/policy/${name}`
/** Bytes of the form at most: so much that a picture that is too large is still told so. */
const largest = 4 * largestLogo

/** The logo has a page of its own, because it is a file. */
export const logoRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', address, administrators, visit => show(parts, visit, []), { proof: 'recent' }),
  insideRoute('POST', address, administrators, visit => post(parts, visit), {
    proof: 'recent',
    upload: { largest },
  }),
]

async function show(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  refusals: readonly Refusal<PolicyCode>[],
): Promise<Response> {
  const { store } = services
  const isLate = refusals.some(({ code }) => code === 'policy.changed-meanwhile')
  const view = {
    state: await readPolicyState(store),
    reason: visit.form.get('reason'),
    refusals,
    sharers: [],
    history: await readPolicyHistory(store, name),
    missed: isLate
      ? { changes: await readPolicyHistory(store), since: Number(visit.form.get('seen')) || 0 }
      : undefined,
    now: visit.now,
  }
  const shown = logoPage(await consoleFrame(visit, 'policy'), view)
  return send(visit, shown, refusals.length > 0 ? statusOf(refusals) : 200)
}

function logoPage(frame: Frame, view: Omit<EditView, 'name' | 'typed'>): Html {
  const words = wordsFor(frame.language)
  const { policy, version } = view.state
  const title = words.labels[name]
  const problems = problemsOf(name, view.refusals, words)
  const logo = logoPath(policy.agencyLogo)
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${summaryOf(frame, name, view.refusals)}<h1>${title}</h1>${
      view.missed && changesSince(frame, view.missed.changes, view.missed.since)
    }${aboutValue(frame, name, policy)}<p>${words.logoIsRead(policy.siteName)}</p>${form(
      { action: address, csrf: frame.csrf, multipart: true },
      html`${hidden('version', String(version))}${hidden('seen', String(view.now))}${fileField({
        name: 'file',
        label: words.file,
        hint: words.fileHint,
        accept: 'image/png',
        problem: problemFor(problems, 'file'),
      })}${reasonField(words.reasonOptional, view.reason, problems, words)}${buttonGroup(
        button(words.save),
        logo !== undefined && button(words.removeLogo, { kind: 'secondary', name: 'default', value: 'yes' }),
      )}`,
    )}<h2>${words.history}</h2>${historyTable(frame, view.history)}${backLink(words)}`,
  )
}

async function post(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { form: sent } = visit
  const { entry, refusals } = readEntry(policyOf(visit.visitor), name, sent)
  if (refusals.length > 0) return show(parts, visit, refusals)
  const picture = sent.has('default') ? undefined : cleanLogo(sent.file('file')?.bytes ?? new Uint8Array())
  if (picture?.ok === false) return show(parts, visit, picture.refusals)
  const value = picture === undefined ? '' : logoHash(picture.value)
  const refused = await storeChange(parts, visit, name, { ...entry, value }, async tx => {
    if (picture !== undefined) await keepLogo(tx, picture.value, visit.now)
  })
  return refused.length > 0 ? show(parts, visit, refused) : redirectSaying(visit, `/helpdesk/policy`, name)
}
