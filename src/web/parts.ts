/** The parts that pages are made of: pure functions from plain values to safe markup. */
export * from './parts/choices.ts'
export {
  type FieldBase,
  type FileFieldOptions,
  fileField,
  type PasswordFieldOptions,
  passwordField,
  type TextAreaOptions,
  type TextFieldOptions,
  textArea,
  textField,
} from './parts/fields.ts'
export * from './parts/forms.ts'
export * from './parts/lists.ts'
export * from './parts/messages.ts'
export * from './parts/navigation.ts'
