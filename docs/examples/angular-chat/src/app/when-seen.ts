import { afterNextRender, DestroyRef, Directive, ElementRef, inject, output } from '@angular/core';

/** Tells when its element scrolls into view. */
@Directive({ selector: '[whenSeen]' })
export class WhenSeen {
  readonly whenSeen = output();

  constructor() {
    const element: Element = inject<ElementRef<Element>>(ElementRef).nativeElement;
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const observer = new IntersectionObserver((entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.whenSeen.emit();
      });
      observer.observe(element);
      destroyed.onDestroy(() => observer.disconnect());
    });
  }
}
