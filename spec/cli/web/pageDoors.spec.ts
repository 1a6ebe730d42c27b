import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LineSwitches, lineSwitches } from '../../../lib/cli/web/lineSwitches.js';
import { type PageAnswer, type PageDoors, pageDoors } from '../../../lib/cli/web/pageDoors.js';
import { settle } from '../../../lib/cli/web/settle.js';
import type { LocalServer } from '../../../lib/server/LocalServer.js';
import { startServer } from '../../../lib/server/startServer.js';

let server: LocalServer;
let switches: LineSwitches;
let doors: PageDoors;
beforeAll(async () => {
  server = await startServer({ apiSpaceId: 'demo' });
  const conversations = settle(server, () => 0);
  switches = lineSwitches(server, { lasting: { delayMs: 1 }, conversations, random: () => 0 });
  doors = pageDoors({ server, switches });
});
afterAll(async () => {
  switches.close();
  await server.close();
});

const ask = (method: string, target: string): PageAnswer | undefined => {
  const { pathname, searchParams } = new URL(target, 'http://page');
  const segments = pathname.split('/').slice(1).map(decodeURIComponent);
  return doors({ method, segments, query: searchParams });
};

describe('pageDoors', () => {
  it('tells where the server is, and who the people are', () => {
    expect(ask('GET', '/demo/setup')).toEqual({
      status: 200,
      json: {
        server: { apiSpaceId: 'demo', urlBase: server.urlBase, webSocketBase: server.webSocketBase },
        people: ['ann', 'bob'],
        names: { ann: 'Ann', bob: 'Bob', cleo: 'Cleo', dan: 'Dan' },
      },
    });
  });

  it('signs for its two people, and nobody else', () => {
    expect(ask('GET', '/demo/jwt?profile=ann&nonce=n-1')?.text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(ask('GET', '/demo/jwt?profile=cleo&nonce=n-1')).toEqual({ status: 400 });
    expect(ask('GET', '/demo/jwt?profile=ann')).toEqual({ status: 400 });
  });

  it('tells the messages of a conversation from a position on', () => {
    const all = ask('GET', '/demo/truth?conversation=garden')?.json as readonly {
      readonly eventId: number;
    }[];
    const last = all.at(-1)?.eventId ?? -1;

    expect(all).toHaveLength(240);
    expect(ask('GET', `/demo/truth?conversation=garden&from=${last}`)?.json).toEqual(all.slice(-1));
    expect(ask('GET', '/demo/truth?conversation=nowhere')).toEqual({ status: 404 });
  });

  it('turns a switch, and back: what lasts stays in force', () => {
    expect(ask('PUT', '/demo/switches/refusing')).toEqual({ status: 204 });
    expect(ask('PUT', '/demo/switches/lossy')).toEqual({ status: 204 });
    expect(ask('GET', '/demo/state')).toMatchObject({
      json: { switches: { refusing: true, lossy: true, lagging: false }, counts: { lose: 0 } },
    });
    expect(ask('DELETE', '/demo/switches/refusing')).toEqual({ status: 204 });
    expect(switches.positions).toMatchObject({ refusing: false, lossy: true });
    ask('DELETE', '/demo/switches/lossy');
  });

  it.each([
    ['PUT', '/demo/switches/nothing'],
    ['PUT', '/demo/switches/__proto__'],
    ['GET', '/demo/switches/lossy'],
    ['GET', '/demo/cuts'],
    ['POST', '/demo'],
    ['GET', '/setup'],
  ])('knows nothing of %s %s', (method, target) => {
    expect(ask(method, target)).toBeUndefined();
  });
});
