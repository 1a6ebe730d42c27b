import { Component, model } from '@angular/core';
import { injectConversations } from 'comapi-rx/angular';
import { textOf } from './text-of';

@Component({
  selector: 'app-conversation-list',
  template: `
    <ul>
      @for (conversation of conversations(); track conversation.id) {
        <li>
          <button
            [attr.aria-current]="conversation.id === selected() ? 'true' : null"
            (click)="selected.set(conversation.id)"
          >
            <span class="avatar" aria-hidden="true">{{ (conversation.name ?? conversation.id)[0] }}</span>
            <span class="name">{{ conversation.name ?? conversation.id }}</span>
            @if (conversation.unread) {
              <span class="unread" [attr.aria-label]="conversation.unread + ' unread'">{{
                conversation.unread
              }}</span>
            }
            @if (conversation.latestMessage; as message) {
              <span class="latest">{{ message.sender }}: {{ textOf(message) }}</span>
            }
          </button>
        </li>
      } @empty {
        <li class="empty">{{ conversations() ? 'No conversations yet.' : 'Loading…' }}</li>
      }
    </ul>
  `,
  styles: `
    ul {
      margin: 0;
      padding: 0 0.5rem;
      list-style: none;
    }
    button {
      display: grid;
      grid-template: 'avatar name unread' 'avatar latest latest' / auto 1fr auto;
      gap: 0 0.75rem;
      align-items: center;
      width: 100%;
      min-height: 3.75rem;
      padding: 0.6rem 0.75rem;
      border: 0;
      border-radius: 0.75rem;
      color: inherit;
      background: none;
      text-align: start;
    }
    button:hover {
      background: var(--hover);
    }
    button[aria-current] {
      background: var(--chosen);
    }
    .avatar {
      grid-area: avatar;
      display: grid;
      place-items: center;
      width: 2.5rem;
      height: 2.5rem;
      border-radius: 50%;
      color: var(--accent-text);
      background: var(--accent);
      text-transform: uppercase;
    }
    .name {
      grid-area: name;
      overflow: hidden;
      font-weight: 600;
      text-overflow: ellipsis;
    }
    .unread {
      grid-area: unread;
      min-width: 1.4rem;
      padding: 0 0.4rem;
      border-radius: 1rem;
      color: var(--accent-text);
      background: var(--accent);
      font-size: 0.8rem;
      line-height: 1.4rem;
      text-align: center;
    }
    .latest {
      grid-area: latest;
      overflow: hidden;
      color: var(--quiet);
      font-size: 0.9rem;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .empty {
      padding: 0.75rem;
      color: var(--quiet);
    }
  `,
})
export class ConversationList {
  readonly selected = model<string>();
  readonly conversations = injectConversations();
  readonly textOf = textOf;
}
