import { describe, expect, it } from '@jest/globals';
import { createFaultsInForce } from '../../../lib/server/faults/faultsInForce.js';
import type { Faults } from '../../../lib/server/faults/Faults.js';

const inForce = (faults: Faults, seed = 1) => createFaultsInForce(seed, faults);
const get = (path: string) => ({ method: 'GET', path });
const post = (path: string) => ({ method: 'POST', path });

describe('faultsInForce', () => {
  it('strikes at the rate of the fault', () => {
    const faults = inForce({ lose: 0.3 });
    const struck = Array.from({ length: 10_000 }, () => faults.strikes('lose')).filter(Boolean).length;

    expect(struck).toBeGreaterThan(2_800);
    expect(struck).toBeLessThan(3_200);
  });

  it('throws no dice for a fault that is off', () => {
    const plain = inForce({ lose: 0.5 });
    const asked = inForce({ lose: 0.5, repeat: 0 });
    const draw = (faults: typeof plain, others: () => unknown): readonly boolean[] =>
      Array.from({ length: 50 }, () => {
        others();
        return faults.strikes('lose');
      });

    expect(draw(asked, () => asked.strikes('repeat'))).toEqual(draw(plain, () => undefined));
  });

  it('waits from 1 ms to as long as the fault says', () => {
    const faults = inForce({ delayMs: 3 });

    expect(new Set(Array.from({ length: 100 }, () => faults.wait('delayMs')))).toEqual(new Set([1, 2, 3]));
    expect(faults.wait('historyLagMs')).toBe(0);
  });

  it('answers wrongly as often as it was told, and no other path', () => {
    const faults = inForce({ answer: { status: 503, times: 2, path: /events$/g } });
    const taken = ['/events', '/events', '/messages', '/events'].map(get).map(faults.takesAnswer);

    expect(taken).toEqual([true, true, false, false]);
    expect(faults.counts.answer).toBe(2);
    faults.replace({ answer: { status: 503, times: 1 } });
    expect(['/', '/'].map(get).map(faults.takesAnswer)).toEqual([true, false]);
  });

  it('answers one method wrongly, and uses nothing up for the others', () => {
    const faults = inForce({ answer: { status: 503, times: 2, path: /messages$/, method: 'POST' } });
    const requests = [get('/messages'), post('/messages'), post('/events'), post('/messages')];

    expect(requests.map(faults.takesAnswer)).toEqual([false, true, false, true]);
  });

  it('answers wrongly for ever when it was not told how often', () => {
    const faults = inForce({ answer: { status: 503 } });

    expect([1, 2, 3].map(() => faults.takesAnswer(get('/')))).toEqual([true, true, true]);
  });

  it('forgets what was in force when it is replaced, and keeps the counts', () => {
    const faults = inForce({ lose: 1, answer: { status: 500 } });
    faults.count('lose');
    faults.replace({});

    expect(faults.strikes('lose')).toBe(false);
    expect(faults.takesAnswer(get('/'))).toBe(false);
    expect(faults.counts).toMatchObject({ lose: 1, repeat: 0, dropped: 0 });
  });

  it.each<[string, Faults]>([
    ['lose', { lose: 1.1 }],
    ['repeat', { repeat: -0.1 }],
    ['swap', { swap: NaN }],
    ['delayMs', { delayMs: -1 }],
    ['historyLagMs', { historyLagMs: Infinity }],
    ['maxPageSize', { maxPageSize: 0 }],
    ['refuseSockets', { refuseSockets: 200 }],
    ['answer.status', { answer: { status: 42 } }],
  ])('refuses a %s that cannot be meant', (name, faults) => {
    expect(() => inForce(faults)).toThrow(new RegExp(`^The fault '${name}' has to be a number`));
    expect(() => inForce({}).replace(faults)).toThrow(RangeError);
  });

  it.each<[string, object]>([
    ["There is no fault 'loose'.", { loose: 1 }],
    ["There is no fault '__proto__'.", JSON.parse('{"__proto__":1}')],
    ["There is no fault 'answer.code'.", { answer: { status: 500, code: 1 } }],
    ["The fault 'answer' has to be an object with a status.", { answer: 500 }],
    ["The fault 'answer.path' has to be a regular expression.", { answer: { status: 500, path: '/x' } }],
    ["The fault 'answer.method' has to be the name of a method", { answer: { status: 500, method: 'post' } }],
    ["The fault 'answer.times' has to be a number of at least 0.", { answer: { status: 500, times: -1 } }],
    ["The fault 'halfOpen' has to be true or false.", { halfOpen: 1 }],
    ["The fault 'omit' has to be an array of context", { omit: ['content'] }],
  ])('says: %s', (sentence, faults) => {
    expect(() => inForce(faults)).toThrow(sentence);
  });

  it('takes a fault that is undefined for none', () => {
    const unset: object = { lose: undefined };

    expect(() => inForce(unset)).not.toThrow();
    expect(() => inForce({ answer: { status: 500, path: /x/, times: 2, retryAfterS: 1 } })).not.toThrow();
  });
});
