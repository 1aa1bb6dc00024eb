import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Keyring } from '../store/keyring.ts'
import { cookieKind, hasCookieOf } from './cookie-names.ts'

const names = {
  holder: 'lintel',
  pre: 'lintel-pre',
  device: 'lintel-device',
  language: 'lintel-language',
  said: 'lintel-said',
  own: 'lintel-own',
} as const

/** Milliseconds that a browser is known after a full sign-in. */
export const deviceLifetime = 90 * 24 * 3_600_000
/** Milliseconds that a browser keeps the language chosen in it. */
const languageLifetime = 365 * 24 * 3_600_000
/** Milliseconds in which the page that an answer leads to may say what was done. */
const sayingLifetime = 60_000

/** A person as their browsers know them, until their generation is raised. */
export const knownAs = (id: string, generation: number): string => `${id} ${generation}`

/** The mark of a person (`knownAs`) in the cookie of a browser that knows them. */
export const deviceMark = (keyring: Keyring, person: string): string =>
  keyring.sign('name', `device ${person}`).slice(0, 22)

/** People that one shared browser is remembered for. */
const mostPeople = 12

export interface Cookies {
  /** Tells whether the browser sent any cookie of ours: it blocks none, and has seen a page of ours. */
  anySent(c: Context): boolean
  /** Value of the pending sign-in's or session's cookie. */
  holder(c: Context): string | undefined
  setHolder(c: Context, value: string): void
  expireHolder(c: Context): void
  /** The signed pre-session of this browser: made when it has none that holds. */
  preSession(c: Context): string
  /** The pre-session that the browser already has. */
  knownPreSession(c: Context): string | undefined
  /** Tells whether this person (`knownAs`) has signed in to the full in this browser before. */
  knows(c: Context, person: string, now: number): boolean
  /** The marks of everyone who has, the last one first. */
  marks(c: Context, now: number): readonly string[]
  remember(c: Context, person: string, now: number): void
  /** The token of a computer that somebody called their own. */
  ownComputer(c: Context): string | undefined
  setOwnComputer(c: Context, token: string, days: number): void
  /** Has the page at a path say something, once. */
  say(c: Context, path: string, what: string): void
  /** What was to be said on the page at this path; it is not said again. */
  said(c: Context, path: string): string | undefined
  /** The language that was chosen in this browser; whatever stands there, also nonsense. */
  language(c: Context): string | undefined
  setLanguage(c: Context, language: string): void
}

/** The cookies of the site at an origin. */
export function createCookies(keyring: Keyring, origin: string): Cookies {
  const { named, attributes } = cookieKind(origin)
  const read = (c: Context, name: string) => getCookie(c, named(name))
  const write = (c: Context, name: string, value: string, seconds?: number) =>
    setCookie(c, named(name), value, seconds === undefined ? attributes : { ...attributes, maxAge: seconds })

  const signed = (kind: string, text: string) => `${text}.${keyring.sign('cookie', `${kind} ${text}`)}`
  const opened = (kind: string, value: string | undefined): string | undefined => {
    const dot = value?.lastIndexOf('.') ?? -1
    if (value === undefined || dot < 0 || value.length > 2_048) return undefined
    const text = value.slice(0, dot)
    return keyring.verify('cookie', `${kind} ${text}`, value.slice(dot + 1)) ? text : undefined
  }
  const people = (c: Context, now: number): { mark: string; at: number }[] =>
    (opened('device', read(c, names.device)) ?? '')
      .split('~')
      .map(part => ({ mark: part.slice(0, 22), at: Number.parseInt(part.slice(22), 36) * 1_000 }))
      .filter(({ mark, at }) => mark.length === 22 && at > now - deviceLifetime && at <= now + 60_000)
  const markOf = (person: string) => deviceMark(keyring, person)

  return {
    anySent: c => hasCookieOf(origin, c.req.header('cookie') ?? ''),
    holder: c => read(c, names.holder),
    setHolder: (c, value) => write(c, names.holder, value),
    expireHolder: c => write(c, names.holder, '', 0),
    knownPreSession: c => opened('pre', read(c, names.pre)),
    preSession(c) {
      const known = opened('pre', read(c, names.pre))
      if (known !== undefined) return known
      const fresh = randomBytes(16).toString('base64url')
      write(c, names.pre, signed('pre', fresh))
      return fresh
    },
    ownComputer(c) {
      const token = read(c, names.own)
      return token?.length === 43 ? token : undefined
    },
    setOwnComputer: (c, token, days) => write(c, names.own, token, days * 24 * 3_600),
    say: (c, path, what) => write(c, names.said, signed('said', `${what} ${path}`), sayingLifetime / 1_000),
    said(c, path) {
      const [what, where] = opened('said', read(c, names.said))?.split(' ') ?? []
      if (where !== path) return undefined
      write(c, names.said, '', 0)
      return what
    },
    language: c => read(c, names.language),
    setLanguage: (c, language) => write(c, names.language, language, languageLifetime / 1_000),
    knows: (c, person, now) => people(c, now).some(({ mark }) => mark === markOf(person)),
    marks: (c, now) => people(c, now).map(({ mark }) => mark),
    remember(c, person, now) {
      const mark = markOf(person)
      const others = people(c, now).filter(other => other.mark !== mark)
      const list = [{ mark, at: now }, ...others].slice(0, mostPeople)
      const text = list.map(({ mark, at }) => `${mark}${Math.floor(at / 1_000).toString(36)}`).join('~')
      write(c, names.device, signed('device', text), deviceLifetime / 1_000)
    },
  }
}
