// Fills an empty `comapi-rx serve` with two conversations: node seed.mjs [http://127.0.0.1:4680] [space]
import { concat, concatMap, from, lastValueFrom } from 'rxjs';
import { createClient } from 'comapi-rx';

const [server = 'http://127.0.0.1:4680', apiSpaceId = 'local'] = process.argv.slice(2);

const bob = createClient({
  apiSpaceId,
  urlBase: server,
  webSocketCtor: null, // requests only
  authenticate: async ({ nonce }) =>
    (await fetch(`${server}/jwt?${new URLSearchParams({ profile: 'bob', nonce })}`)).text(),
});

const fill = (id, name, texts) =>
  concat(
    bob.rest.createConversation({ id, name, participants: [{ id: 'ann' }, { id: 'bob' }] }),
    from(texts).pipe(concatMap((text) => bob.conversation(id).send(text))),
  );

const counted = Array.from({ length: 120 }, (_, index) => `${index + 1} of 120 hedgehogs`);
await lastValueFrom(
  concat(
    fill('shed', 'Shed', counted),
    fill('garden', 'Garden', ['Has anybody seen the cat?', 'It sits on the roof.']),
  ),
);
await bob.close();
