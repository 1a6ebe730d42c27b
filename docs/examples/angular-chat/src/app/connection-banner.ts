import { Component } from '@angular/core';
import { injectComapi, injectConnection } from 'comapi-rx/angular';

@Component({
  selector: 'app-connection-banner',
  template: `
    @let status = connection();
    <div role="status">
      @if (status.state === 'waiting' || (status.state === 'connecting' && status.attempt > 1)) {
        <p>
          You are offline. What you write can be sent again later.
          <button (click)="retry()">Reconnect</button>
        </p>
      } @else if (status.state === 'failed') {
        <p>{{ status.error.message }} <button (click)="retry()">Try again</button></p>
      }
    </div>
  `,
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem 1rem;
      align-items: center;
      justify-content: center;
      margin: 0;
      padding: 0.5rem 1rem;
      color: var(--warning-text);
      background: var(--warning);
    }
  `,
})
export class ConnectionBanner {
  private readonly comapi = injectComapi();
  readonly connection = injectConnection();

  retry(): void {
    this.comapi.reconnect();
  }
}
