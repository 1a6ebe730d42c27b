import { describe, expect, it } from '@jest/globals';
import { person } from '../support/person.js';
import { servers } from '../support/servers.js';
import type { LocalServer } from '../../../lib/server.js';

const start = servers();

describe('profiles', () => {
  it('exist from the first session on', async () => {
    const ann = person(await start(), 'ann');
    const shown = await ann('GET', '/profiles/ann');

    expect(shown).toMatchObject({ status: 200, body: { id: 'ann' } });
    expect(shown.headers.get('ETag')).toMatch(/^".+"$/);
    expect(await ann('GET', '/profiles/nobody')).toMatchObject({ status: 404 });
  });

  it('are replaced by PUT and amended by PATCH, and keep their id', async () => {
    const ann = person(await start(), 'ann');
    const put = await ann('PUT', '/profiles/ann', { body: { id: 'other', name: 'Ann', age: 1 } });

    expect(put).toMatchObject({ status: 200, body: { id: 'ann', name: 'Ann', age: 1 } });
    expect((await ann('PATCH', '/profiles/ann', { body: { age: 2 } })).body).toEqual({
      id: 'ann',
      name: 'Ann',
      age: 2,
    });
    expect((await ann('PUT', '/profiles/ann', { body: {} })).body).toEqual({ id: 'ann' });
    expect(await ann('PUT', '/profiles/ann', { body: [] })).toMatchObject({ status: 400 });
    expect(await ann('PATCH', '/profiles/nobody', { body: {} })).toMatchObject({ status: 404 });
  });

  it.each(['PUT', 'PATCH'])('change by %s under a tag that holds only', async (method) => {
    const ann = person(await start(), 'ann');
    const tag = (await ann('GET', '/profiles/ann')).headers.get('ETag') ?? '';
    const change = (etag: string) =>
      ann(method, '/profiles/ann', { body: { a: 1 }, headers: { 'If-Match': etag } });

    expect(await change('"other"')).toMatchObject({ status: 412 });
    const changed = await change(tag);
    expect(changed.status).toBe(200);
    expect(changed.headers.get('ETag')).not.toBe(tag);
    expect(await change(tag)).toMatchObject({ status: 412 });
  });

  it('take any field for what it is, and no prototype from it', async () => {
    const ann = person(await start(), 'ann');
    const body = '{"__proto__":{"isAdmin":true},"constructor":1}';
    await ann('PATCH', '/profiles/ann', { body });

    expect(Object.entries((await ann('GET', '/profiles/ann')).body ?? {})).toEqual([
      ['id', 'ann'],
      ['__proto__', { isAdmin: true }],
      ['constructor', 1],
    ]);
  });

  describe('query', () => {
    const found = async (server: LocalServer, query: string): Promise<unknown> =>
      ((await person(server, 'ann')('GET', `/profiles${query}`)).body as { id: string }[]).map(
        ({ id }) => id,
      );

    it.each([
      ['', ['ann', 'bob', 'cy']],
      ['?name=Bob', ['bob']],
      ['?name=!Bob', ['ann', 'cy']],
      ['?name=^C', ['cy']],
      ['?name=$b', ['bob']],
      ['?name=~y', ['cy']],
      ['?age=>9', ['cy']],
      ['?age=>=9', ['bob', 'cy']],
      ['?age=<10', ['bob']],
      ['?age=<=10', ['bob', 'cy']],
      ['?age=9&name=Bob', ['bob']],
      ['?age=9&name=Cy', []],
      ['?__proto__=x', []],
    ])('%s finds %j', async (query, ids) => {
      const server = await start();
      server.issueToken('ann');
      server.updateProfile('bob', { name: 'Bob', age: 9 });
      server.updateProfile('cy', { name: 'Cy', age: 10 });

      expect(await found(server, query)).toEqual(ids);
    });
  });
});
