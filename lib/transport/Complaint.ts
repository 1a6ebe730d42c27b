import type { Failure } from './Failure.js';

/** What the server has against us, where it said so. */
export type Complaint = 'unauthorized' | 'protocol' | 'refused' | 'overloaded';

/** Reads the complaint out of the close code or the status of the handshake. */
export const complaintIn = ({ closeCode, status }: Failure): Complaint | undefined =>
  BY_STATUS[status ?? 0] ?? BY_CLOSE_CODE[closeCode ?? 0];

const BY_STATUS: Readonly<Partial<Record<number, Complaint>>> = {
  400: 'refused',
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'refused',
  426: 'refused',
  429: 'overloaded',
  503: 'overloaded',
};

const BY_CLOSE_CODE: Readonly<Partial<Record<number, Complaint>>> = {
  1002: 'protocol',
  1003: 'protocol',
  1007: 'protocol',
  1008: 'unauthorized',
  1009: 'protocol',
  1010: 'protocol',
  4400: 'refused',
  4401: 'unauthorized',
  4403: 'unauthorized',
  4404: 'refused',
  4406: 'refused',
  4429: 'overloaded',
};
