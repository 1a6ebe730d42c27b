import { describe, expect, it } from '@jest/globals';
import { person } from '../support/person.js';
import { servers } from '../support/servers.js';

const start = servers();

describe('content', () => {
  it('is uploaded as JSON, and read at its address', async () => {
    const ann = person(await start(), 'ann');
    const data = Buffer.from('a picture').toString('base64');
    const { status, body } = await ann('POST', '/content?folder=f', {
      body: { data, name: 'p.png', type: 'image/png' },
    });

    expect(status).toBe(200);
    expect(body).toEqual({
      folder: 'f',
      id: expect.any(String),
      type: 'image/png',
      url: expect.stringMatching(/^http:/),
      size: 9,
      name: 'p.png',
    });
    const read = await fetch((body as { url: string }).url);
    expect(await read.text()).toBe('a picture');
    expect(read.headers.get('Content-Type')).toBe('image/png');
    expect(read.headers.get('Content-Disposition')).toBe('attachment');
    expect(read.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('is uploaded as a form', async () => {
    const ann = person(await start(), 'ann');
    const body = new FormData();
    body.set('file', new Blob(['two words'], { type: 'text/plain' }), 'w.txt');

    expect(await ann('POST', '/content', { body })).toMatchObject({
      status: 200,
      body: { name: 'w.txt', type: 'text/plain', size: 9 },
    });
  });

  it.each([
    ['a form that is none', 'nonsense', { 'Content-Type': 'multipart/form-data; boundary=x' }],
    ['JSON without data', '{"type":"a/b"}', {}],
    ['a type with a line break in it', '{"data":"","type":"a/b\\r\\nX: y"}', {}],
  ])('answers 400 to %s', async (_, body, headers) => {
    const ann = person(await start(), 'ann');

    expect(await ann('POST', '/content', { body, headers })).toMatchObject({ status: 400 });
  });

  it('is not there when it is not', async () => {
    expect(await person(await start(), 'ann')('GET', '/content/none')).toMatchObject({ status: 404 });
  });
});

describe('channels', () => {
  it('give out a state', async () => {
    const ann = person(await start(), 'ann');

    expect(await ann('POST', '/channels/facebook/state', { body: {} })).toMatchObject({
      status: 200,
      body: { state: expect.any(String) },
    });
  });
});
