import { describe, expect, it } from '@jest/globals';
import { deliveryInfo } from '../../../lib/worker/jetstream/deliveryInfo.js';

describe('deliveryInfo', () => {
  it.each([
    ['as servers before 2.11 say it', '$JS.ACK.T.g-p0.2.17.5.1795652742183453324.3'],
    ['with a domain and an account', '$JS.ACK.hub.ACC.T.g-p0.2.17.5.1795652742183453324.3'],
    ['with something random at the end', '$JS.ACK._.ACC.T.g-p0.2.17.5.1795652742183453324.3.x9'],
  ])('reads a subject %s', (_name, reply) => {
    expect(deliveryInfo(reply)).toEqual({ attempt: 2, sequence: 17, pending: 3 });
  });

  it.each([
    '',
    '_INBOX.a.b.c.d.e.f.g.h',
    '$JS.ACK.T.c.1.2',
    '$JS.ACK.T.c.x.y.5.6.0',
    '$JS.API.a.b.1.2.3.4.5',
  ])('takes %j for what it is', (reply) => {
    expect(deliveryInfo(reply)).toBeUndefined();
  });
});
