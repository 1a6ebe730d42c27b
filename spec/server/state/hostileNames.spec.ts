import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { servers } from '../support/servers.js';

const start = servers();
const folder = mkdtempSync(path.join(tmpdir(), 'names-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the files of a server', () => {
  it('are one, whatever conversations, people and messages are called', async () => {
    const inside = path.join(folder, 'inside');
    const data = path.join(mkdtempSync(`${inside}-`), 'journal.jsonl');
    const names = [
      '../../up',
      '..',
      '/etc/passwd',
      'C:\\x',
      'nul\u0000',
      'con',
      '\n{"kind":"forged"}\n',
      '%2e%2e%2f',
    ];
    const server = await start({ data, apiSpaceId: '../up' });
    for (const name of names) {
      const id = server.createConversation({ id: name, name, participants: [name, 'ann'] });
      server.publish(id, { from: name, text: name });
      server.updateProfile(name, { name });
    }
    await server.close();

    expect(readdirSync(path.dirname(data))).toEqual(['journal.jsonl']);
    expect(readdirSync(folder)).toEqual([path.basename(path.dirname(data))]);
    const again = await start({ data, apiSpaceId: '../up' });
    expect(names.map((name) => again.events(name).length)).toEqual(names.map(() => 1));
  });
});
