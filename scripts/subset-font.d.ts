declare module 'subset-font' {
  /** Only what `fonts.ts` uses. */
  function subsetFont(
    font: Buffer,
    text: string,
    options: {
      readonly targetFormat: 'woff2'
      readonly keepFeatures?: readonly string[]
      readonly noLayoutClosure?: boolean
      readonly noHinting?: boolean
    },
  ): Promise<Buffer>
  export = subsetFont
}
