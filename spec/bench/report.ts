import { type Goal, type GoalName, goals } from './goals.js';
import type { Spread } from './sideBySide.js';

/** What was measured for one goal, and for others. */
export interface Figure {
  readonly ours: Spread;
  /** What others came to in the same run, by name. */
  readonly others: Readonly<Record<string, Spread>>;
}

/** The table of all goals, each with what was measured, whether it is met, and if not, why. */
export const reportOf = (figures: Readonly<Record<GoalName, Figure>>): string => {
  // Object.entries forgets that the keys are the names of goals.
  const rows = Object.entries(goals) as [GoalName, Goal][];
  const missed = rows.filter(([name, goal]) => !isMet(goal, figures[name].ours.median));
  return [
    '| what | goal | comapi-rx | | others in the same run |',
    '| --- | ---: | ---: | --- | --- |',
    ...rows.map(([name, goal]) => rowOf(goal, figures[name])),
    '',
    ...(missed.length > 0 ? ['Why these goals are missed:', ''] : []),
    ...missed.map(([, { what, whyNot }]) => `- ${what}: ${whyNot}.`),
  ].join('\n');
};

const rowOf = (goal: Goal, { ours, others }: Figure): string => {
  const peers = Object.entries(others).map(([name, spread]) => `${name} ${numberOf(spread.median, goal)}`);
  const aim = [goal.goal, ...(goal.stretch === undefined ? [] : [goal.stretch])].map((aimed) =>
    numberOf(aimed, goal),
  );
  return `| ${goal.what} | ${goal.bound} ${aim.join(', better ')} | **${numberOf(ours.median, goal)}** ${spreadText(ours, goal)} | ${verdictOf(goal, ours.median)} | ${peers.join(', ')} |`;
};

const isMet = ({ goal, bound }: Goal, figure: number): boolean =>
  bound === 'at most' ? figure <= goal : figure >= goal;

const verdictOf = (goal: Goal, figure: number): string => {
  if (!isMet(goal, figure)) return 'missed';
  return goal.stretch !== undefined && isMet({ ...goal, goal: goal.stretch }, figure) ? 'better' : 'met';
};

const spreadText = ({ low, high }: Spread, goal: Goal): string =>
  low === high ? '' : `(${numberOf(low, goal)} to ${numberOf(high, goal)})`;

const numberOf = (figure: number, { unit }: Goal): string => {
  switch (unit) {
    case 'of it':
    case 'times':
      return figure < 100 ? figure.toFixed(2) : figure.toFixed(0);
    case 'ms':
      return `${figure.toFixed(3)} ms`;
    case 'kB':
      return `${figure.toFixed(1)} kB`;
    case 'B':
      return `${figure.toFixed(0)} B`;
    case 's':
      return `${figure.toFixed(0)} s`;
  }
};
