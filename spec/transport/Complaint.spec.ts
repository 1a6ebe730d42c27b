import { describe, expect, it } from '@jest/globals';
import { complaintIn } from '../../lib/transport/Complaint.js';
import { failed } from './failed.js';

describe('complaintIn', () => {
  it.each([
    [1002, 'protocol'],
    [1003, 'protocol'],
    [1007, 'protocol'],
    [1009, 'protocol'],
    [1010, 'protocol'],
    [1008, 'unauthorized'],
    [4401, 'unauthorized'],
    [4403, 'unauthorized'],
    [4400, 'refused'],
    [4404, 'refused'],
    [4406, 'refused'],
    [4429, 'overloaded'],
    [1000, undefined],
    [1001, undefined],
    [1005, undefined],
    [1006, undefined],
    [1011, undefined],
    [1012, undefined],
    [1013, undefined],
    [1014, undefined],
    [1015, undefined],
    [3000, undefined],
    [4000, undefined],
  ])('reads the close code %d as %s', (closeCode, complaint) => {
    expect(complaintIn(failed({ closeCode }))).toBe(complaint);
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [400, 'refused'],
    [404, 'refused'],
    [426, 'refused'],
    [429, 'overloaded'],
    [503, 'overloaded'],
    [302, undefined],
    [500, undefined],
    [502, undefined],
  ])('reads the handshake status %d as %s', (status, complaint) => {
    expect(complaintIn(failed({ kind: 'handshake', status }))).toBe(complaint);
  });
});
