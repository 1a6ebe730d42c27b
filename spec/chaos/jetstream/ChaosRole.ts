/** What a process of the chaos is told. */
export interface ChaosRole {
  readonly kind: 'bridge' | 'processor';
  readonly brokerPort: number;
  readonly space: string;
  readonly ackWaitMs: number;
  readonly apiSpaceId: string;
  readonly urlBase: string;
  readonly webSocketBase: string;
  readonly token: string;
  readonly conversations: readonly string[];
  /** How long an effect takes. */
  readonly effectMs: number;
  /** Where processors write what they did. */
  readonly effectsFile: string;
}
