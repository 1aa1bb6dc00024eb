/**
 * Compiles the style sheet: `npm run styles`; with `--check` it only says whether the committed file is up to date
 * (exit 1 when not).
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compileString } from 'sass'
import { type Tokens, tokens } from '../src/web/tokens.ts'

const styles = new URL('../src/web/styles/', import.meta.url)
const target = new URL('../src/web/assets/lintel.css', import.meta.url)
const designSystem = fileURLToPath(new URL('../node_modules/@uswds/uswds/packages', import.meta.url))

const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

function sassMap(name: string, theme: Tokens): string {
  const pairs = Object.entries(theme).map(([token, color]) => `'${token}': ${color}`)
  return `$${kebab(name)}: (${pairs.join(', ')});`
}

/** The design system's settings print their manual into the output as comments; compressed output keeps only `/*!`. */
export async function compileStyles(): Promise<string> {
  const themes = Object.entries(tokens).map(([name, theme]) => sassMap(name, theme))
  const result = compileString(await readFile(new URL('lintel.scss', styles), 'utf8'), {
    url: new URL('lintel.scss', styles),
    loadPaths: [designSystem],
    style: 'compressed',
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'if-function'],
    importers: [
      {
        canonicalize: name => (name === 'lintel:tokens' ? new URL(name) : null),
        load: () => ({ contents: themes.join('\n'), syntax: 'scss' }),
      },
    ],
  })
  return `${result.css.replace(/^\uFEFF/, '')}\n`
}

if (import.meta.main) {
  const css = await compileStyles()
  const committed = await readFile(target, 'utf8').catch(() => '')
  if (css === committed) process.stdout.write(`lintel.css is up to date: ${css.length} bytes\n`)
  else if (process.argv.includes('--check')) {
    process.stderr.write('src/web/assets/lintel.css is older than its sources: run npm run styles\n')
    process.exitCode = 1
  } else {
    await writeFile(target, css)
    process.stdout.write(`lintel.css written: ${css.length} bytes\n`)
  }
}
