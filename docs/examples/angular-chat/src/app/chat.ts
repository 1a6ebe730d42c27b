import { DatePipe } from '@angular/common';
import { Component, computed, effect, input, output } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { injectComapi, injectConversation, injectConversations } from 'comapi-rx/angular';
import { fromEvent, map, startWith } from 'rxjs';
import { Composer } from './composer';
import { receiptOf } from './receipt-of';
import { textOf } from './text-of';
import { WhenSeen } from './when-seen';

@Component({
  selector: 'app-chat',
  imports: [Composer, DatePipe, WhenSeen],
  templateUrl: './chat.html',
  styleUrl: './chat.css',
})
export class Chat {
  readonly id = input.required<string>();
  readonly left = output();

  readonly chat = injectConversation(this.id);
  private readonly conversations = injectConversations();
  readonly title = computed(() => {
    return this.conversations()?.find(({ id }) => id === this.id())?.name ?? this.id();
  });
  readonly me = toSignal(injectComapi().me$);
  readonly textOf = textOf;
  readonly receiptOf = receiptOf;

  private readonly visible = toSignal(
    fromEvent(document, 'visibilitychange').pipe(
      startWith(undefined),
      map(() => document.visibilityState === 'visible'),
    ),
  );
  private readonly unread = computed(() => {
    const me = this.me();
    if (me === undefined || !this.visible()) return [];
    return this.chat
      .timeline()
      .messages.filter(({ sender, state, statusUpdates }) => {
        return state === 'sent' && sender !== me && statusUpdates[me]?.status !== 'read';
      })
      .map(({ id }) => id);
  });

  constructor() {
    effect(() => {
      if (this.unread().length === 0) return;
      this.chat
        .conversation()
        ?.markRead(this.unread())
        .subscribe({ error: () => {} });
    });
  }

  resend(key: string): void {
    this.chat
      .conversation()
      ?.resend(key)
      .subscribe({ error: () => {} }); // shown as failed again
  }
}
