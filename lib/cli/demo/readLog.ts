import type { LocalServer } from '../../server/LocalServer.js';

const TYPED = ['conversationMessage.sent', 'conversationMessage.delivered', 'conversationMessage.read'];

/**
 * Reads the ids of a whole log over HTTP with nothing but `fetch`, so that what is compared has not come
 * through the library.
 */
export const readLog = async (
  { urlBase, apiSpaceId, issueToken }: LocalServer,
  conversationId: string,
  profileId: string,
): Promise<readonly number[]> => {
  const log = `${urlBase}/apispaces/${apiSpaceId}/conversations/${encodeURIComponent(conversationId)}/events`;
  const headers = { authorization: `Bearer ${issueToken(profileId)}` };
  const ids: number[] = [];
  for (let next = 0; ;) {
    const response = await fetch(`${log}?from=${next}&limit=100`, { headers });
    if (!response.ok) throw new Error(`The log could not be read: HTTP ${response.status}.`);
    const page: unknown = await response.json();
    const items = Array.isArray(page) ? page.map(numbered) : [];
    if (items.length === 0) return ids;
    ids.push(...items.filter(({ name }) => TYPED.includes(name)).map(({ id }) => id));
    next = Math.max(...items.map(({ id }) => id)) + 1;
  }
};

const numbered = (item: { readonly name: string; readonly conversationEventId: number }) => ({
  name: item.name,
  id: item.conversationEventId,
});
