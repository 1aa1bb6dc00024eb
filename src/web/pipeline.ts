import type { Http2Bindings, HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'

/** Requests on one connection whose answers were not taken yet; browsers and proxies send the next one after an answer. */
const mostUnanswered = 30

type Bindings = HttpBindings | Http2Bindings
type Handler = (request: Request, env: Bindings) => Response | Promise<Response>

/**
 * Ends a connection that sends requests and takes no answers (RFC 9112, 9.3.2): each answer would be kept until it is
 * taken. One that goes on taking them may send as many as it likes.
 */
export function boundPipeline(handle: Handler): Handler {
  const unanswered = new WeakMap<object, number>()
  return (request, env) => {
    const { socket } = env.incoming
    const count = (unanswered.get(socket) ?? 0) + 1
    if (count > mostUnanswered) {
      socket.destroy()
      return RESPONSE_ALREADY_SENT
    }
    unanswered.set(socket, count)
    env.outgoing.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1))
    return handle(request, env)
  }
}
