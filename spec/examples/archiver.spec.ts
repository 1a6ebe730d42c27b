import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { startServer } from '../../lib/server/startServer.js';
import { addressOf, example, type Example } from './example.js';
import { type Postgres, postgresPrograms, startPostgres } from './postgres.js';

const programs = postgresPrograms();
if (programs === undefined) {
  console.warn('\n*** There is no PostgreSQL on this machine: the archiver of the docs is NOT TESTED. ***\n');
}
const describeWithPostgres = programs === undefined ? describe.skip : describe;

describeWithPostgres('the archiver of the docs, with a real PostgreSQL', () => {
  const start = example('docs/examples/archiver/archiver.mjs');
  let postgres: Postgres;
  let server: LocalServer;
  let database: pg.Pool;
  let running: Example[] = [];

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '');
  });
  afterAll(() => postgres.close());

  beforeEach(async () => {
    server = await startServer({ seed: 3 });
    const { PGHOST: host, PGPORT: port, PGUSER: user, PGDATABASE: name } = postgres.env;
    database = new pg.Pool({ host, port: Number(port), user, database: name });
    await database.query('DROP TABLE IF EXISTS archive_events, archive_cursors');
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.kill()));
    running = [];
    await database.end();
    await server.close();
  });

  const begin = (): Example => {
    const archiver = start({
      ...postgres.env,
      ...addressOf(server, 'archivist'),
      COMAPI_PROFILE: 'archivist',
    });
    running.push(archiver);
    return archiver;
  };
  const count = async (): Promise<number> => {
    const counted = database.query<{ count: string }>('SELECT count(*) FROM archive_events');
    // Before the archiver has made its tables.
    const { rows } = await counted.catch(() => ({ rows: [] }));
    return Number(rows[0]?.count ?? 0);
  };
  /** Looks until there are so many rows. */
  const archived = async (rows: number): Promise<void> => {
    while ((await count()) < rows) await wait(20);
  };
  const archiveOf = async (id: string): Promise<readonly unknown[]> => {
    const { rows } = await database.query<Readonly<Record<string, unknown>>>(
      `SELECT name, conversation_id AS "conversationId", position::int AS "conversationEventId", payload
       FROM archive_events WHERE conversation_id = $1 ORDER BY position`,
      [id],
    );
    return rows;
  };

  it('archives each event exactly once, though it is killed and another one runs beside it', async () => {
    const ids = ['one', 'two', 'three', 'ключ 🐈'].map((id) =>
      server.createConversation({ id, participants: ['archivist', 'bob'] }),
    );
    const say = (text: string): void => {
      for (const id of ids) server.publish(id, { from: 'bob', text, metadata: { odd: '\u0000 \ud800' } });
    };
    for (let index = 0; index < 100; index += 1) say(`message ${index}`);
    for (const rows of [50, 150, 250]) {
      const archiver = begin();
      await archived(rows);
      await archiver.kill();
    }
    const rowsAtLastKill = await count();

    const archivers = [begin(), begin()];
    for (let index = 0; index < 50; index += 1) say(`later ${index}`);
    await archived(600);

    for (const id of ids) {
      const wanted = server.events(id).map(({ name, conversationId, conversationEventId, payload }) => ({
        name,
        conversationId,
        conversationEventId,
        payload,
      }));
      expect(await archiveOf(id)).toEqual(JSON.parse(JSON.stringify(wanted)));
    }
    expect(await count()).toBe(600);
    expect(rowsAtLastKill).toBeLessThan(400);
    const cursors = await database.query('SELECT position::int AS position FROM archive_cursors');
    expect(cursors.rows.map(({ position }) => position as unknown)).toEqual([149, 149, 149, 149]);
    expect(await Promise.all(archivers.map((archiver) => archiver.stop()))).toEqual([0, 0]);
  });
});
