/** Files with a hash in their address, so that a browser may keep them for ever. */
export interface Assets {
  /** Address of a file by its plain name (`lintel.css`); throws on a name that does not exist (a bug, not a request). */
  path(name: string): string
  /** The answer to a request under `/assets/`; `undefined` when there is no such file. */
  serve(requestPath: string, acceptEncoding: string | undefined): Response | undefined
}

export function createAssets(): Assets {
  return { path: name => `/assets/${name}`, serve: () => undefined }
}

/** The files of this process. */
export const assets = createAssets()
