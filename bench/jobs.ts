interface ManyPeople {
  readonly origin: string
  readonly people: readonly string[]
  readonly password: string
  readonly connections: number
  readonly milliseconds: number
}

/** Of the processes that answer for the origin: the connections take them in turn. Without them, the origin's own. */
type Ports = readonly number[]

/** What the load generator is asked to do, and what it answers: plain values, sent between processes. */
export type Job =
  | ({ readonly kind: 'coded-sign-ins' } & ManyPeople)
  | ({ readonly kind: 'reauthentications' } & ManyPeople)
  | {
      /** One request for each person, or one for all, again and again. */
      readonly kind: 'requests'
      /** Of a right answer; 200 unless given. */
      readonly status?: number
      readonly origin: string
      readonly requests: readonly string[]
      readonly connections: number
      readonly milliseconds: number
    }
  | {
      /** Each of them once. */
      readonly kind: 'each-once'
      readonly origin: string
      readonly requests: readonly string[]
      readonly connections: number
    }
  | {
      /** On each connection the refresh token of the answer before; `head` is all of the request up to its length. */
      readonly kind: 'refreshes'
      readonly origin: string
      readonly head: string
      readonly tokens: readonly string[]
      readonly milliseconds: number
    }
  | {
      readonly kind: 'sign-ins'
      readonly origin: string
      readonly ports?: Ports
      readonly people: readonly string[]
      readonly password: string
      readonly connections: number
      readonly milliseconds: number
    }
  | {
      readonly kind: 'pages'
      readonly origin: string
      readonly ports?: Ports
      readonly cookie: string
      readonly connections: number
      readonly milliseconds: number
    }
  | {
      readonly kind: 'sign-in-once'
      readonly origin: string
      readonly ports?: Ports
      readonly person: string
      readonly password: string
    }
  | {
      readonly kind: 'probe'
      readonly origin: string
      readonly cookie: string
      readonly milliseconds: number
    }
  | {
      readonly kind: 'storm'
      readonly origin: string
      readonly cookie: string
      readonly people: readonly string[]
      readonly password: string
    }

export interface Probes {
  /** Milliseconds from when a GET of the sign-in page was due to its answer. */
  readonly signIn: readonly number[]
  readonly home: readonly number[]
}

export interface Done {
  /** Answers as they should be, each second. */
  readonly perSecond?: number
  /** How many of them there were. */
  readonly answers?: number
  /** Milliseconds that each of them took. */
  readonly waits?: readonly number[]
  /** Seconds of processor that the load generator took for them. */
  readonly cpu?: number
  readonly cookie?: string
  readonly html?: string
  readonly probes?: Probes
  /** Sign-ins of a storm by status, and how many of the people told to come back got in when they did. */
  readonly statuses?: Readonly<Record<string, number>>
  readonly admittedLater?: number
}
