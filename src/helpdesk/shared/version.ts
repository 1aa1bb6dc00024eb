import type { Form } from '../../web/request.ts'

/** The version that a page showed; undefined when the form does not say. */
export const readVersion = (form: Form): number | undefined =>
  /^\d{1,9}$/.test(form.get('version')) ? Number(form.get('version')) : undefined
