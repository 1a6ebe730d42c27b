import { fork } from 'node:child_process';

/** Says the result of a measurement to the process that asked for it, and ends this one. */
export const answer = (result: object): void => {
  process.send?.(result, () => process.exit(0));
};

export interface Question {
  readonly args?: readonly string[];
  /** Is told of what the process says before its answer: anything with a `step`. */
  readonly onStep?: (step: string, say: (word: string) => void) => void;
}

/** Runs one file of the benchmark in a process of its own: what an engine has learned of one thing stays there. */
export const ask = (script: string, { args = [], onStep }: Question = {}): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const child = fork('.github/tools/run.mjs', [`spec/bench/${script}`, ...args], {
      execArgv: ['--expose-gc'],
    });
    child.on('message', (result: object) => {
      if ('step' in result) onStep?.(String(result.step), (word) => child.send({ word }));
      else resolve(result);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${script} ${args.join(' ')} ended with ${code} before it had an answer.`));
    });
  });
