// An application that counts how often its template is checked. It is bundled twice, with zone.js and without, and
// compiled in the browser. The address says what it shows and how: `?adapter=ours|raw&url=…&token=…&space=…`.
import '@angular/compiler';
import {
  ApplicationRef,
  Component,
  inject,
  NgZone,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { bootstrapApplication } from '@angular/platform-browser';
import { createClient } from 'comapi-rx';
import { injectComapi, injectConversation, provideComapi } from 'comapi-rx/angular';
import { filter, map, scan } from 'rxjs';

const query = new URLSearchParams(location.search);
const url = query.get('url');
const options = {
  apiSpaceId: query.get('space'),
  urlBase: url,
  webSocketBase: url.replace(/^http/, 'ws'),
  getToken: () => query.get('token'),
  profileId: 'ann',
};

/** What the page tells the one who drives it. */
const told = { checks: 0, frames: 0, texts: 0, live: false, stable: false, status: '', inZone: false };
globalThis.told = told;

const count = (client) => {
  client.events$.subscribe(() => (told.frames += 1));
  // What is pushed after it waits, and then comes in one go, however slow the machine is.
  client.unknownEvents$.pipe(filter(({ wireName }) => wireName === 'test.pause')).subscribe(() => {
    const end = performance.now() + 500;
    while (performance.now() < end);
  });
};

const ours = () => {
  const client = injectComapi();
  const { timeline } = injectConversation('garden');
  client.status$.subscribe(({ state }) => (told.status = state));
  inject(NgZone).runOutsideAngular(() => count(client));
  return () => {
    const { messages, sync } = timeline();
    told.live = sync.state === 'live';
    return messages.length;
  };
};

// What one would write without the adapter.
const raw = () => {
  const client = createClient(options);
  client.status$.subscribe(({ state }) => {
    told.status = state;
    told.live = state === 'connected';
  });
  count(client);
  return toSignal(
    client.conversationMessageEvent$.pipe(
      filter(({ conversationId }) => conversationId === 'garden'),
      scan((sum) => sum + 1, 0),
      map((sum) => sum),
    ),
    { initialValue: 0 },
  );
};

class Counting {
  texts = query.get('adapter') === 'ours' ? ours() : raw();
  stable = void inject(ApplicationRef)
    .whenStable()
    .then(() => (told.stable = true));

  check() {
    told.checks += 1;
    told.inZone ||= NgZone.isInAngularZone();
    told.texts = this.texts();
    return told.texts;
  }
}

await bootstrapApplication(Component({ selector: 'app-root', template: '{{ check() }}' })(Counting), {
  providers: [
    WITH_ZONE ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
    provideComapi(options),
  ],
});
