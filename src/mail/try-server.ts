import { readSender } from '../web/email-address.ts'
import { smtpConnection, type TransportSettings, withoutPassword } from './transport.ts'

/** Milliseconds that somebody who asks waits for the server. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 }

/**
 * Speaks with the mail server as far as it can be spoken with and nothing is sent: encryption, name and password, sender.
 * @throws its answer when it refuses one of them
 */
export async function tryServer(settings: TransportSettings, url: string): Promise<void> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const { auth, ...options } = smtpConnection(settings, url, patience)
  const sender = readSender(settings.LINTEL_MAIL_FROM)?.address ?? ''
  let answer: { readonly status: number; readonly response: string } | undefined
  const connection = new SMTPConnection({
    ...options,
    customAuth: {
      async SENDER({ sendCommand }) {
        answer = await sendCommand(`MAIL FROM:<${sender}>`)
      },
    },
  })
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject)
      const then = (next: () => void) => (error?: Error | null) => (error ? reject(error) : next())
      const askSender = () =>
        connection.login({ method: 'SENDER', credentials: { user: sender, pass: '' } }, then(resolve))
      connection.connect(
        then(() =>
          auth === undefined ? askSender() : connection.login({ credentials: auth }, then(askSender)),
        ),
      )
    })
    if (answer === undefined || answer.status < 200 || answer.status >= 300) throw refusal(answer)
    connection.quit()
  } catch (error) {
    connection.close()
    throw withoutPassword(error, url)
  }
}

const refusal = (answer: { readonly status: number; readonly response: string } | undefined): Error =>
  Object.assign(new Error('The sender was refused'), {
    code: 'EENVELOPE',
    command: 'MAIL FROM',
    response: answer?.response ?? '',
    responseCode: answer?.status ?? 0,
  })
