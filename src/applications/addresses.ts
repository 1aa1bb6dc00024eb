/** Characters of an address at most. */
const longestAddress = 2_000
/** Hosts on which an application under development may be reached without TLS. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether an address may be registered: https, or http to this machine; nothing that a browser reads another way than it
 * is written (RFC 9700, 4.1). Pure.
 */
export function isRegistrable(text: string): boolean {
  if (text.length > longestAddress || /[^\x21-\x7e]|\\/.test(text)) return false
  if (!/^https?:\/\/[^/?]/.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))
  return isSafe && url.username === '' && url.password === '' && !text.includes('#') && !hasDots(text)
}

/** `..`, also written as `%2e`, or a path parameter in a step of the path. */
function hasDots(text: string): boolean {
  const [path = ''] = text.split('?', 1)
  const steps = path.split('/').map(step => step.toLowerCase().replaceAll('%2e', '.'))
  return steps.some(step => step === '.' || step === '..' || step.includes(';'))
}

/** Where machines of a cloud keep what they know of themselves, keys included: by link-local addresses, or by these names. */
const ofTheMachine =
  /^(?:169\.254\.|\[::ffff:a9fe:|\[fe[89ab]|\[fd00:ec2::254\]$|metadata\.google\.internal\.?$)/

/** Whether notices of an end may be sent there: as above, and never to where machines keep what they know of themselves. */
export const isNotifiable = (text: string): boolean =>
  isRegistrable(text) && !ofTheMachine.test(new URL(text).hostname)
