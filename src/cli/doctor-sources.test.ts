import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOfAll } from './doctor-sources.ts'

/** So many sign-ins from each address, by so many people in turn. */
const signIns = (people: number, ...from: readonly (readonly [address: string, count: number])[]) =>
  from
    .flatMap(([address, count]) => Array.from({ length: count }, () => address))
    .map((address, index) => ({ person: String(index % people), address }))

const office = '203.0.113.9'
const cases: readonly (readonly [
  claim: string,
  signIns: ReturnType<typeof signIns>,
  proxies: readonly string[],
  address: string | undefined,
])[] = [
  ['the proxy on this machine is not named', signIns(9, ['127.0.0.1', 40]), [], '127.0.0.1'],
  ['a proxy in a container is not named', signIns(9, ['10.88.0.1', 38], [office, 2]), [], '10.88.0.1'],
  ['a named proxy sends no address', signIns(9, ['198.51.100.1', 40]), ['198.51.100.1'], '198.51.100.1'],
  ['by IPv6', signIns(9, ['::1', 40]), [], '::1'],
  ['one office on the open network', signIns(9, [office, 40]), ['127.0.0.1'], undefined],
  ['an office beside others', signIns(9, ['10.0.0.7', 30], [office, 10]), [], undefined],
  ['too few sign-ins to tell', signIns(9, ['127.0.0.1', 19]), [], undefined],
  ['a site that a few people try out', signIns(4, ['127.0.0.1', 40]), [], undefined],
  ['nobody signed in', [], [], undefined],
]

for (const [claim, list, proxies, address] of cases)
  test(`${address === undefined ? 'nothing is said of' : 'everybody is one address:'} ${claim}`, () => {
    assert.equal(addressOfAll(list, proxies)?.address, address)
  })
