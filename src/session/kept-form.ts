import { sql } from 'kysely'
import type { Keyring } from '../store/keyring.ts'
import { sealedIn } from '../store/reseal.ts'
import type { Store } from '../store/store.ts'
import { type Form, parseForm } from '../web/request.ts'
import { keptLifetime, type Sender, textToKeep } from './kept-form-rules.ts'

/** Forms that came too late, encrypted, to be shown again to the same account. Nothing is ever replayed. */
interface KeptForms {
  /** Keeps what may be kept; one form for each session. @returns whether anything was. */
  keep(sender: Sender, path: string, form: Form, now: number): Promise<boolean>
  /** The newest form of this account for this page that is not too old and not from before a change of credentials. */
  read(account: Omit<Sender, 'id'>, path: string, now: number): Promise<Form | undefined>
  drop(accountId: string, path: string): Promise<void>
}

/** The seal opens only for this account, page and epoch: older forms are dead without being looked for. */
const contextOf = ({ accountId, epoch }: Omit<Sender, 'id'>, path: string): string =>
  `kept form ${accountId} ${epoch} ${path}`

export const sealedForms = sealedIn(
  'kept_form',
  'fields_sealed',
  'session_id',
  {
    accountId: sql.ref('account_id'),
    epoch: sql`(select epoch from account where account.id = kept_form.account_id)`,
    path: sql.ref('path'),
  },
  ({ accountId, epoch, path }) => contextOf({ accountId, epoch: Number(epoch) }, path),
)

export function createKeptForms(store: Store, keyring: Keyring): KeptForms {
  return {
    async keep(sender, path, form, now) {
      const text = textToKeep(form)
      if (text === undefined) return false
      const columns = {
        account_id: sender.accountId,
        path,
        fields_sealed: keyring.seal(text, contextOf(sender, path)),
        kept_at: now,
      }
      await store.writeOne(db =>
        db
          .insertInto('kept_form')
          .values({ session_id: sender.id, ...columns })
          .onConflict(conflict => conflict.column('session_id').doUpdateSet(columns))
          .execute(),
      )
      return true
    },
    async read(account, path, now) {
      const row = await store.read
        .selectFrom('kept_form')
        .select('fields_sealed')
        .where('account_id', '=', account.accountId)
        .where('path', '=', path)
        .where('kept_at', '>', now - keptLifetime)
        .orderBy('kept_at', 'desc')
        .executeTakeFirst()
      const text = row && keyring.open(row.fields_sealed, contextOf(account, path))
      return text === undefined ? undefined : parseForm(new TextEncoder().encode(text))
    },
    async drop(accountId, path) {
      await store.writeOne(db =>
        db.deleteFrom('kept_form').where('account_id', '=', accountId).where('path', '=', path).execute(),
      )
    },
  }
}
