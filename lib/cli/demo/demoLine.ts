import { eventLine } from '../eventLine.js';
import { type Paint, paintFor } from '../paintFor.js';
import { rangeText } from '../rangeText.js';
import type { DemoNews } from './DemoNews.js';

/** Makes the writer of lines for people: what came from the wire is escaped, colours are for terminals only. */
export const demoLine = (isTerminal: boolean): ((news: DemoNews) => string) => {
  const paint = paintFor(isTerminal);
  return (news) => `${lineOf(news, paint)}\n`;
};

const lineOf = (news: DemoNews, paint: Paint): string => {
  switch (news.type) {
    case 'start':
      return [
        paint('bold', `comapi-rx demo, faults ${news.faults}, seed ${news.seed}`),
        `${news.writers.join(', ')} write, ${news.reader} reads along; the server is ${news.urlBase} in this process.`,
        '',
      ].join('\n');
    case 'event':
      return eventLine(news.event, paint);
    case 'hole':
      return paint('dim', `${rangeText(news).padStart(5)}  the server has no such id`);
    case 'discontinuity':
      return paint('red', `${rangeText(news).padStart(5)}  lost: ${news.reason}`);
    case 'cut':
      return paint(
        'red',
        `      ✂ the line is cut ${news.code === undefined ? 'without a word' : `with code ${news.code}`}`,
      );
    case 'line':
      return paint('yellow', `      line: ${news.status}`);
    case 'sync':
      return paint(
        news.status === 'live' ? 'green' : 'yellow',
        `      sync: ${news.status} at ${news.cursor}`,
      );
    case 'result':
      return resultLines(news, paint).join('\n');
  }
};

const resultLines = (
  result: Extract<DemoNews, { readonly type: 'result' }>,
  paint: Paint,
): readonly string[] => {
  const happened = Object.entries(result.faults).map(([name, count]) => `${name} ${count}`);
  const isGood = result.isWhole && result.neverHappened.length === 0;
  return [
    '',
    `On the server, read over HTTP: ${result.expected} events. Arrived: ${result.arrived}.`,
    `Missing ${listed(result.missing)}, repeated ${listed(result.repeated)}, out of order ${listed(result.outOfOrder)}, unknown ${listed(result.unknown)}.`,
    `What really happened to the line and to history: ${happened.join(', ') || 'nothing'}.`,
    ...(result.neverHappened.length > 0
      ? [`Asked for, but never happened: ${result.neverHappened.join(', ')}.`]
      : []),
    isGood ? paint('green', 'Complete and in order.') : paint('red', 'This is not as it should be.'),
  ];
};

const listed = (ids: readonly number[]): string =>
  ids.length === 0 ? '0' : `${ids.length} (${ids.slice(0, 10).join(' ')}${ids.length > 10 ? ' …' : ''})`;
