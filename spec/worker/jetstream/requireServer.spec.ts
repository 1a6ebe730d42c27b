import { describe, expect, it } from '@jest/globals';
import { requireServer } from '../../../lib/worker/jetstream/requireServer.js';

describe('requireServer', () => {
  it.each(['2.9.0', '2.9.10', '2.10.0', '2.12.7', '3.0.0', '10.0.0', '2.11.0-RC.3', 'v2.9.1'])(
    'takes %s',
    (version) => {
      expect(() => {
        requireServer(version);
      }).not.toThrow();
    },
  );

  it.each(['2.8.4', '2.8.99', '1.99.99', '0.0.1', '', 'unknown', '2.9'])('refuses %j', (version) => {
    expect(() => {
      requireServer(version);
    }).toThrow(`jetStreamEventLog needs nats-server 2.9.0 or later; this one is ${JSON.stringify(version)}.`);
  });
});
