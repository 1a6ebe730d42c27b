import { Component, signal } from '@angular/core';
import { Chat } from './chat';
import { ConnectionBanner } from './connection-banner';
import { ConversationList } from './conversation-list';

@Component({
  selector: 'app-root',
  imports: [Chat, ConnectionBanner, ConversationList],
  template: `
    <app-connection-banner />
    <div class="panes" [class.chatting]="selected()">
      <nav aria-label="Conversations">
        <h1>Chats</h1>
        <app-conversation-list [(selected)]="selected" />
      </nav>
      <main>
        @if (selected(); as id) {
          <app-chat [id]="id" (left)="selected.set(undefined)" />
        } @else {
          <p class="hint">Choose a conversation.</p>
        }
      </main>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      height: 100dvh;
    }
    .panes {
      flex: 1;
      display: grid;
      grid-template-columns: minmax(15rem, 22rem) 1fr;
      min-height: 0;
    }
    nav {
      overflow-y: auto;
      border-right: 1px solid var(--line);
      background: var(--aside);
    }
    h1 {
      margin: 0;
      padding: 1.25rem 1.25rem 0.75rem;
      font-size: 1.4rem;
    }
    main {
      display: flex;
      flex-direction: column;
      min-width: 0;
      min-height: 0;
    }
    .hint {
      margin: auto;
      color: var(--quiet);
    }
    @media (max-width: 42rem) {
      .panes {
        grid-template-columns: 1fr;
      }
      .panes.chatting nav,
      .panes:not(.chatting) main {
        display: none;
      }
    }
  `,
})
export class App {
  readonly selected = signal<string | undefined>(undefined);
}
