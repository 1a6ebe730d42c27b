import { element } from './element.js';

export interface ComposerOptions {
  readonly label: string;
  /** What was being written when it was left. */
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
  readonly onSend: (text: string) => void;
  /** Told at each keystroke whether there is something being written. */
  readonly onTyping: (isTyping: boolean) => void;
}

/** Where a message is written: Enter sends it, Shift and Enter begin a new line. */
export const composer = ({ label, draft, onDraft, onSend, onTyping }: ComposerOptions): HTMLElement => {
  const input = element('textarea', {
    rows: '1',
    'aria-label': label,
    placeholder: 'Write a message',
    dir: 'auto',
  });
  const form = element('form', { class: 'composer' }, input, element('button', { type: 'submit' }, 'Send'));
  input.value = draft;

  const written = (): void => {
    onDraft(input.value);
    onTyping(input.value.trim() !== '');
  };
  input.addEventListener('input', written);
  input.addEventListener('blur', () => {
    onTyping(false);
  });
  input.addEventListener('keydown', (event) => {
    // While a word is being composed, as in Japanese, Enter accepts the word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    written();
    onSend(text);
    input.focus();
  });
  return form;
};
