import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Node comes as a part of Lintel; its peers need one as well. */
const node = /^node_modules\/node(?:-linux-\w+)?$/

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>
}

/** MiB of the parts that run, as npm has put them into a folder, without what only work on it needs. */
export function installedMib(folder: string): number {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lock
  const places = Object.entries(packages)
    .filter(([place, { dev }]) => place !== '' && dev !== true && !node.test(place))
    .map(([place]) => join(folder, place))
    .filter(place => existsSync(place))
  const bytes = places
    .flatMap(place =>
      globSync('**/*', { cwd: place, exclude: ['node_modules'] }).map(file => join(place, file)),
    )
    .map(file => statSync(file))
    .reduce((sum, stat) => (stat.isFile() ? sum + stat.size : sum), 0)
  return bytes / 1_048_576
}
