// Archives every event of every conversation of a profile in PostgreSQL: each exactly once, in order.
//
// The row and the cursor are written by one statement, which is one transaction. So there is no moment at which one
// of them is there without the other, and the store has nothing left to do when the worker tells it to commit.
//
//   COMAPI_SPACE, COMAPI_TOKEN, COMAPI_PROFILE   who archives
//   PGHOST, PGPORT, PGUSER, PGDATABASE, …        where to
//   COMAPI_URL, COMAPI_SOCKET_URL                another server than Comapi's, such as `comapi-rx serve`
import { createClient } from 'comapi-rx';
import { nodeWebSocket } from 'comapi-rx/node';
import { runWorker } from 'comapi-rx/worker';
import pg from 'pg';

const { COMAPI_SPACE, COMAPI_TOKEN, COMAPI_PROFILE, COMAPI_URL, COMAPI_SOCKET_URL } = process.env;
const pool = new pg.Pool({ max: 16 });

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS archive_cursors (conversation_id text PRIMARY KEY, position bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS archive_events (
    conversation_id text, position bigint, name text NOT NULL, payload json NOT NULL,
    PRIMARY KEY (conversation_id, position)
  );`;

// The cursor only moves forward. If it is there already, by this archiver before a crash or by another one that
// runs by mistake, no row is written either: that is what makes at-least-once exactly once here.
const ARCHIVE = `
  WITH moved AS (
    INSERT INTO archive_cursors AS kept VALUES ($1, $2)
    ON CONFLICT (conversation_id) DO UPDATE SET position = excluded.position WHERE kept.position < excluded.position
    RETURNING 1
  )
  INSERT INTO archive_events SELECT $1, $2, $3, $4 FROM moved`;

/** Cursors live beside the rows. */
const store = {
  load: async () => {
    await pool.query(SCHEMA);
    const { rows } = await pool.query('SELECT conversation_id, position FROM archive_cursors');
    return new Map(rows.map((row) => [row.conversation_id, Number(row.position)]));
  },
  // What was handled is committed, with its row. What is told here besides (ids that do not exist) may be told again.
  commit: async () => {},
  close: () => pool.end(),
};

const client = createClient({
  apiSpaceId: COMAPI_SPACE,
  profileId: COMAPI_PROFILE,
  getToken: () => COMAPI_TOKEN,
  webSocketCtor: nodeWebSocket(),
  urlBase: COMAPI_URL,
  webSocketBase: COMAPI_SOCKET_URL,
});

const run = runWorker({
  client,
  conversations: 'mine',
  store,
  handle: ({ conversationId, conversationEventId, name, payload }) =>
    pool.query(ARCHIVE, [conversationId, conversationEventId, name, JSON.stringify(payload)]),
  // No deadLetter: an archive with a gap is none. The archiver stops, and goes on there when it is started again.
  retry: { maxAttempts: 10, maxDelayMs: 60_000 },
  onDiscontinuity: 'stop',
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => run.stop());
try {
  await run.done;
} finally {
  await client.close();
}
