import { type ApplicationConfig, provideBrowserGlobalErrorListeners } from '@angular/core';
import { provideComapi } from 'comapi-rx/angular';

// For trying it out: http://localhost:4200/?me=bob&server=http://127.0.0.1:4680
const query = new URLSearchParams(location.search);
const server = query.get('server') ?? 'http://127.0.0.1:4680';
const me = query.get('me') ?? 'ann';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideComapi({
      apiSpaceId: query.get('space') ?? 'local',
      // Leave these two out for the real platform.
      urlBase: server,
      webSocketBase: server.replace(/^http/, 'ws'),
      // `comapi-rx serve` signs for anybody on this machine; your backend knows who has logged in.
      authenticate: async ({ nonce }) =>
        (await fetch(`${server}/jwt?${new URLSearchParams({ profile: me, nonce })}`)).text(),
      autoDeliver: true,
    }),
  ],
};
