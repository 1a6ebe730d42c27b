/** Where to tell what nobody subscribes to; `console` fits. */
export type Logger = Readonly<
  Record<
    'debug' | 'info' | 'warn' | 'error',
    (message: string, details?: Readonly<Record<string, unknown>>) => void
  >
>;
