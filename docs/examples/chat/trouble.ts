import { filter, merge, Subject, switchMap, timer } from 'rxjs';
import { compareScreens, type Comparison } from './compareScreens.js';
import { button, element, setText } from './element.js';
import type { Screen } from './screen.js';
import { ask, askFor } from './setup.js';

interface State {
  readonly switches: Readonly<Record<string, boolean>>;
  readonly counts: Readonly<Record<string, number>>;
}

interface Standing {
  readonly state: State;
  readonly comparison: Comparison;
}

const SWITCHES = [
  ['chatter', 'Neighbours chatter'],
  ['lossy', 'Lose frames'],
  ['lagging', 'Make history lag'],
  ['refusing', 'Refuse what is sent'],
  ['frozen', 'Freeze the line'],
  ['down', 'Keep the line down'],
] as const;

const COUNTERS = [
  ['lost', 'Frames lost on the wire'],
  ['cuts', 'Connections cut'],
  ['refused', 'Requests refused'],
  ['coming', 'Messages on their way'],
  ['missed', 'Messages missed on screen'],
] as const;

/** The switches that spoil the line, and what came of it, read once a second while somebody looks. */
export const trouble = (screens: readonly Screen[]): HTMLElement => {
  const changed$ = new Subject<void>();
  const tell = (path: string, method: string): void => {
    void ask(path, { method }).then(() => {
      changed$.next();
    }, ended);
  };

  const note = element('p', { class: 'note', role: 'status' });
  const ended = (): void => {
    setText(note, 'The demo has ended: start it again, and reload.');
  };
  const cut = button('Cut the line', { class: 'cut' }, () => {
    tell('cuts', 'POST');
  });
  const switches = SWITCHES.map(([name, label]) => {
    const node = button(label, { 'aria-pressed': 'false', 'data-switch': name }, () => {
      tell(`switches/${name}`, node.getAttribute('aria-pressed') === 'true' ? 'DELETE' : 'PUT');
    });
    return [name, node] as const;
  });
  const counters = COUNTERS.map(([name, label]) => {
    const value = element('dd', { 'data-counter': name }, '0');
    return [name, value, element('div', {}, element('dt', {}, label), value)] as const;
  });

  const show = ({ state, comparison: { coming, missed } }: Standing): void => {
    const { switches: positions, counts } = state;
    for (const [name, node] of switches) node.setAttribute('aria-pressed', String(positions[name] === true));
    const { lose = 0, dropped = 0, answer = 0, refuseSockets = 0 } = counts;
    const values = { lost: lose, cuts: dropped, refused: answer + refuseSockets, coming, missed };
    for (const [name, value] of counters) setText(value, String(values[name]));
  };

  merge(timer(0, 1_000), changed$)
    .pipe(
      filter(() => document.visibilityState === 'visible'),
      switchMap(async () => ({
        state: await askFor<State>('state'),
        comparison: await compareScreens(screens),
      })),
    )
    .subscribe({ next: show, error: ended });

  return element(
    'section',
    { class: 'trouble', 'aria-label': 'Trouble' },
    element('div', { class: 'switches' }, cut, ...switches.map(([, node]) => node)),
    element('dl', {}, ...counters.map(([, , node]) => node)),
    note,
  );
};
