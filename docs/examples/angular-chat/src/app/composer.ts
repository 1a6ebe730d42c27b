import { Component, input, linkedSignal } from '@angular/core';
import type { Conversation } from 'comapi-rx';

@Component({
  selector: 'app-composer',
  template: `
    <form (submit)="send($event)">
      <textarea
        #field
        rows="1"
        aria-label="Message"
        placeholder="Write a message"
        [value]="draft()"
        (input)="type(field.value)"
        (keydown.enter)="send($event)"
      ></textarea>
      <button class="primary" [disabled]="!draft().trim()">Send</button>
    </form>
  `,
  styles: `
    form {
      display: flex;
      gap: 0.5rem;
      padding: 0.75rem 1rem;
      border-top: 1px solid var(--line);
    }
    textarea {
      flex: 1;
      min-width: 0;
      max-height: 8rem;
      padding: 0.6rem 1rem;
      border: 1px solid var(--edge);
      border-radius: 1.25rem;
      color: inherit;
      background: var(--field);
      font: inherit;
      field-sizing: content;
      resize: none;
    }
    textarea:focus-visible {
      outline-offset: -1px;
    }
  `,
})
export class Composer {
  readonly conversation = input.required<Conversation>();
  // Each conversation begins with an empty one.
  readonly draft = linkedSignal({ source: () => this.conversation().id, computation: () => '' });

  type(text: string): void {
    this.draft.set(text);
    this.tellTyping(text !== '');
  }

  send(event: Event): void {
    if (event instanceof KeyboardEvent && (event.shiftKey || event.isComposing)) return; // a new line
    event.preventDefault();
    const text = this.draft().trim();
    if (text === '') return;
    this.draft.set('');
    this.tellTyping(false);
    // It is in the timeline at once, and stays there as `failed` when this errors.
    this.conversation()
      .send(text)
      .subscribe({ error: () => {} });
  }

  private tellTyping(typing: boolean): void {
    this.conversation()
      .setTyping(typing)
      .subscribe({ error: () => {} }); // no harm done
  }
}
