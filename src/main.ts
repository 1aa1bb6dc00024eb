import { waysIn } from './first-start.ts'
import { serveLintel, settingsOrStop, startOrExplain } from './serve.ts'
import { openHasher, openLog, openServices } from './services.ts'
import { version } from './web/version.ts'

await startOrExplain(openLog(), async () => {
  const settings = settingsOrStop(process.env)
  const services = await openServices(settings)
  const hasher = openHasher(services.keyring)
  await serveLintel(services, hasher, () => waysIn(services, hasher, settings.LINTEL_ADMIN_EMAIL))
  services.log.info({ version, node: process.versions.node }, 'Lintel is up')
})
