import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { senderOf } from '../../lib/projection/senderOf.js';

describe('senderOf', () => {
  it.each([
    ['from first', { from: { id: 'bob' }, sentBy: 'session:ann' }, 'bob'],
    ['sentBy without its prefix', { sentBy: 'session:ann' }, 'ann'],
    ['sentBy as it is', { from: {}, sentBy: 'ann' }, 'ann'],
    ['sentBy where from has no id', { from: { id: '' }, sentBy: 'session:session:ann' }, 'session:ann'],
    ['nobody', { from: { id: 5 }, sentBy: null }, undefined],
    ['nobody in no context', undefined, undefined],
  ])('finds %s', (_, context, sender) => {
    expect(senderOf(context)).toBe(sender);
  });

  it('takes any value', () => {
    fc.assert(
      fc.property(fc.anything(), (context) => ['string', 'undefined'].includes(typeof senderOf(context))),
    );
  });
});
