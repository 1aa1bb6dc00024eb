import type { Form } from './request.ts'

/** The text fields of one form: what its page names, its handler reads and its refusals point at. */
export interface Fields<Name extends string> {
  readonly name: { readonly [Key in Name]: Key }
  /** '' for a field that is missing. */
  readonly read: (form: Pick<Form, 'get'>) => Readonly<Record<Name, string>>
}

/** Declares the fields of a form, once. */
export function fields<const Name extends string>(...names: readonly Name[]): Fields<Name> {
  const each = <Value>(of: (name: Name) => Value) =>
    Object.fromEntries(names.map(name => [name, of(name)])) as Record<Name, Value>
  return { name: each(name => name) as Fields<Name>['name'], read: form => each(name => form.get(name)) }
}
