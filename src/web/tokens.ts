/**
 * The colors of each theme: the only place where a color is written. The style sheet, the browser's `theme-color`
 * and the contrast test all read them. States come from the U.S. Web Design System (info, success, warning, error).
 */
export interface Tokens {
  readonly paper: string
  readonly ink: string
  /** Secondary text. */
  readonly quiet: string
  /** Hairlines: decoration, never the only sign of anything. */
  readonly line: string
  /** Borders of controls. */
  readonly edge: string
  /** Panels and fields. */
  readonly raise: string
  /** Rows and items under the pointer; code; the current place. */
  readonly wash: string
  /** Actions, the text on them, and the same under the pointer. */
  readonly door: string
  readonly 'door-text': string
  readonly 'door-deep': string
  readonly link: string
  /** Porch light: the mark and the focus ring. */
  readonly light: string
  /** The tile behind the mark. */
  readonly tile: string
  /** The beam over the door of the sign-in column. */
  readonly beam: string
  /** Behind an agency's logo, which is made for white paper. */
  readonly 'logo-ground': string
  readonly info: string
  readonly 'info-wash': string
  readonly success: string
  readonly 'success-wash': string
  readonly warning: string
  readonly 'warning-wash': string
  readonly error: string
  readonly 'error-wash': string
  /** Buttons that take something away. */
  readonly danger: string
  readonly 'danger-text': string
  readonly banner: string
  readonly 'banner-text': string
}

export type TokenName = keyof Tokens

const light: Tokens = {
  paper: '#fbf9f5',
  ink: '#1b2b34',
  quiet: '#4f5d64',
  line: '#e2dcd0',
  edge: '#6f7a80',
  raise: '#ffffff',
  wash: '#f3efe7',
  door: '#0f4c5c',
  'door-text': '#ffffff',
  'door-deep': '#0a3844',
  link: '#0f4c5c',
  light: '#e9a23b',
  tile: '#1b2b34',
  beam: '#1b2b34',
  'logo-ground': '#ffffff',
  info: '#2e6276',
  'info-wash': '#e7f6f8',
  success: '#216e1f',
  'success-wash': '#ecf3ec',
  warning: '#7a591a',
  'warning-wash': '#faf3d1',
  error: '#b50909',
  'error-wash': '#fbeeea',
  danger: '#b50909',
  'danger-text': '#ffffff',
  banner: '#e9a23b',
  'banner-text': '#1b2b34',
}

const dark: Tokens = {
  paper: '#131a1e',
  ink: '#e9e4db',
  quiet: '#a9b3b6',
  line: '#2b363c',
  edge: '#7d8b92',
  raise: '#192227',
  wash: '#212c32',
  door: '#8ccbd8',
  'door-text': '#0b2129',
  'door-deep': '#b0dfe8',
  link: '#8ccbd8',
  light: '#e9a23b',
  tile: '#0b1013',
  beam: '#e9a23b',
  'logo-ground': '#ffffff',
  info: '#99deea',
  'info-wash': '#172a31',
  success: '#86c586',
  'success-wash': '#17291c',
  warning: '#f2c968',
  'warning-wash': '#2c2613',
  error: '#ff9d8c',
  'error-wash': '#331b19',
  danger: '#ff9d8c',
  'danger-text': '#2b0b07',
  banner: '#e9a23b',
  'banner-text': '#131a1e',
}

const contrastLight: Tokens = {
  paper: '#ffffff',
  ink: '#000000',
  quiet: '#1c1c1c',
  line: '#000000',
  edge: '#000000',
  raise: '#ffffff',
  wash: '#f2f2f2',
  door: '#00303d',
  'door-text': '#ffffff',
  'door-deep': '#000000',
  link: '#00303d',
  light: '#e9a23b',
  tile: '#000000',
  beam: '#000000',
  'logo-ground': '#ffffff',
  info: '#00303d',
  'info-wash': '#ffffff',
  success: '#0b3f0a',
  'success-wash': '#ffffff',
  warning: '#4a3300',
  'warning-wash': '#ffffff',
  error: '#7a0000',
  'error-wash': '#ffffff',
  danger: '#7a0000',
  'danger-text': '#ffffff',
  banner: '#ffd98f',
  'banner-text': '#000000',
}

const contrastDark: Tokens = {
  paper: '#000000',
  ink: '#ffffff',
  quiet: '#e6e6e6',
  line: '#ffffff',
  edge: '#ffffff',
  raise: '#000000',
  wash: '#1f1f1f',
  door: '#a8e9f5',
  'door-text': '#000000',
  'door-deep': '#ffffff',
  link: '#a8e9f5',
  light: '#ffc25c',
  tile: '#000000',
  beam: '#ffffff',
  'logo-ground': '#ffffff',
  info: '#a8e9f5',
  'info-wash': '#000000',
  success: '#a9f0a6',
  'success-wash': '#000000',
  warning: '#ffdf8a',
  'warning-wash': '#000000',
  error: '#ffc0b5',
  'error-wash': '#000000',
  danger: '#ffc0b5',
  'danger-text': '#000000',
  banner: '#ffc25c',
  'banner-text': '#000000',
}

export const tokens = { light, dark, contrastLight, contrastDark } as const
