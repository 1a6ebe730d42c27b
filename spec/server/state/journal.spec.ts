import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from '@jest/globals';
import { childServer } from '../support/childServer.js';
import { withToken } from '../support/person.js';
import { servers } from '../support/servers.js';

const start = servers();
const folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = (): string => path.join(folder, `${(files += 1)}.jsonl`);

describe('the journal', () => {
  it('brings everything back: logs, people, details, profiles, sessions', async () => {
    const data = newFile();
    const before = await start({ data });
    const token = before.issueToken('ann');
    const revoked = before.issueToken('bob');
    before.setFaults({ holes: 1 });
    const id = 'DOMAIN\\c 1/..';
    const gone = before.createConversation({ participants: ['ann'] });
    before.createConversation({ id, name: 'n', participants: ['ann', 'bob', '__proto__'] });
    const { messageId } = before.publish(id, { from: 'bob', text: 'line\nbreak', metadata: { a: [1] } });
    before.setStatus(id, messageId, 'ann', 'read');
    before.deleteMessage(id, messageId);
    before.removeParticipant(id, 'bob');
    before.updateProfile('ann', { name: 'Ann' });
    before.deleteConversation(gone);
    before.revokeTokens('bob');
    const events = before.events(id);
    const shown = (await withToken(before, token)('GET', '/conversations')).body;
    await before.close();

    const after = await start({ data });
    const ann = withToken(after, token);
    expect(after.events(id)).toEqual(events);
    expect((await ann('GET', '/conversations')).body).toEqual(shown);
    expect((await ann('GET', `/conversations/${encodeURIComponent(id)}/participants`)).body).toEqual([
      { id: 'ann', role: 'owner' },
      { id: '__proto__', role: 'participant' },
    ]);
    expect((await ann('GET', '/profiles/ann')).body).toEqual({ name: 'Ann', id: 'ann' });
    expect((await withToken(after, revoked)('GET', '/conversations')).status).toBe(401);
    expect(after.publish(id, { from: 'ann', text: 'x' }).conversationEventId).toBe(6);
    expect(() => after.events('none')).toThrow(RangeError);
    after.undeleteConversation(gone);
  });

  it('is one JSON record a line, for its owner only', async () => {
    const data = newFile();
    writeFileSync(data, '', { mode: 0o644 });
    const server = await start({ data });
    server.createConversation({ id: 'c1', participants: ['ann'] });
    server.publish('c1', { from: 'ann', text: 'a\nb' });
    const text = readFileSync(data, 'utf8');

    expect(statSync(data).mode & 0o777).toBe(0o600);
    expect(text.endsWith('\n')).toBe(true);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { kind: string }).kind),
    ).toEqual(['secret', 'details', 'joined', 'logged']);
  });

  it('cuts a torn last line off, wherever it is torn', async () => {
    const data = newFile();
    const first = await start({ data });
    first.createConversation({ id: 'c1', participants: ['ann'] });
    first.publish('c1', { from: 'ann', text: 'whole' });
    const whole = readFileSync(data);
    first.publish('c1', { from: 'ann', text: 'töräy' });
    const both = readFileSync(data);
    await first.close();

    for (let length = whole.length; length < both.length; length += 7) {
      writeFileSync(data, both.subarray(0, length));
      const server = await start({ data });
      expect(readFileSync(data)).toEqual(whole);
      expect(server.events('c1')).toHaveLength(1);
      expect(server.publish('c1', { from: 'ann', text: 'next' }).conversationEventId).toBe(1);
      await server.close();
    }
  });

  it('refuses a file that is not its own, without quoting it, and leaves it as it is', async () => {
    const data = newFile();
    const text = '{"kind":"details"}\nSECRET\n{"to';
    writeFileSync(data, text);

    await expect(start({ data })).rejects.toThrow('Line 1 of the journal is not a record of this server.');
    expect(readFileSync(data, 'utf8')).toBe(text);
  });

  it('refuses a log with a line taken out', async () => {
    const data = newFile();
    const server = await start({ data });
    server.createConversation({ id: 'c1', participants: ['ann'] });
    server.publish('c1', { from: 'ann', text: 'a' });
    server.publish('c1', { from: 'ann', text: 'b' });
    await server.close();
    const lines = readFileSync(data, 'utf8').split('\n');
    writeFileSync(data, lines.filter((line) => !line.includes('"data":"a"')).join('\n'));

    await expect(start({ data })).rejects.toThrow(RangeError);
  });

  it('rejects when the file cannot be opened', async () => {
    await expect(start({ data: path.join(folder, 'no', 'such', 'folder') })).rejects.toThrow(
      /^The journal "[^"]+" cannot be used: what leads to it is not there\.$/,
    );
  });

  it('survives kill -9: whatever was answered is there', async () => {
    const data = newFile();
    const child = await childServer(`
      startServer({ data: ${JSON.stringify(data)} }).then((server) => {
        server.createConversation({ id: 'c1', participants: ['ann'] });
        const { urlBase, apiSpaceId } = server;
        console.log(JSON.stringify({ urlBase, apiSpaceId, token: server.issueToken('ann') }));
      });
    `);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { token, ...address } = JSON.parse(line) as { token: string; urlBase: string; apiSpaceId: string };
    const answered: unknown[] = [];
    const exit = once(child, 'exit');
    const post = async (): Promise<void> => {
      const response = await fetch(
        `${address.urlBase}/apispaces/${address.apiSpaceId}/conversations/c1/messages`,
        {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}` },
          body: '{"parts":[{"data":"x"}]}',
        },
      );
      answered.push(((await response.json()) as { id: unknown }).id);
      if (answered.length === 50) child.kill('SIGKILL');
    };
    const sender = async (): Promise<void> => {
      for (;;) await post();
    };
    await Promise.allSettled([sender(), sender(), sender()]);
    expect(await exit).toEqual([null, 'SIGKILL']);
    appendFileSync(data, '{"kind":"log');

    const server = await start({ data });
    const kept = server.events('c1').map(({ payload: { messageId } }) => messageId);
    expect(answered.length).toBeGreaterThanOrEqual(50);
    expect(kept).toEqual(expect.arrayContaining(answered));
    expect((await withToken(server, token)('GET', '/conversations')).status).toBe(200);
  });
});
