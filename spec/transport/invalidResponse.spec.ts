import { describe, expect, it } from '@jest/globals';
import { invalidResponse } from '../../lib/transport/invalidResponse.js';

describe('invalidResponse', () => {
  it.each(['It is not an array', 'It is not an array.'])('ends with one full stop: %s', (why) => {
    expect(invalidResponse({ endpoint: 'GET /x', status: 200 }, why).message).toBe(
      'GET /x: unusable answer: It is not an array.',
    );
  });
});
