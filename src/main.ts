import { firstStart } from './first-start.ts'
import { serveLintel, settingsOrStop, startOrExplain } from './serve.ts'
import { openHasher, openLog, openServices } from './services.ts'

await startOrExplain(openLog(), async () => {
  const settings = settingsOrStop(process.env)
  const services = await openServices(settings)
  const hasher = openHasher(services.keyring)
  const administrator = await firstStart(services, hasher, settings.LINTEL_ADMIN_EMAIL)
  const lines =
    administrator === undefined
      ? []
      : [
          `First administrator: username ${administrator.username}, temporary password ${administrator.temporaryPassword}`,
        ]
  await serveLintel(services, hasher, lines)
})
