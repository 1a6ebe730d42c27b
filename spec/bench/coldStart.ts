import { spawnSync } from 'node:child_process';
import { spreadOf, type Spread } from './sideBySide.js';

/** Processor time that loading takes in a fresh process, beyond that of Node itself, in ms. */
export interface ColdStart {
  readonly ours: Spread;
  readonly rxjs: Spread;
  readonly vendorSdk: Spread;
}

const cpuMs = (program: string): number => {
  const report = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)';
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', `${program}; ${report}`], {
    encoding: 'utf8',
  });
  return Number(stdout);
};

export const coldStart = (rounds: number): ColdStart => {
  const programs = {
    ours: "await import('comapi-rx')",
    rxjs: "await import('rxjs')",
    vendorSdk: "globalThis.window = globalThis; await import('@comapi/sdk-js-foundation')",
  };
  const added = (program: string): Spread =>
    spreadOf(Array.from({ length: rounds }, () => cpuMs(program) - cpuMs('')));
  return { ours: added(programs.ours), rxjs: added(programs.rxjs), vendorSdk: added(programs.vendorSdk) };
};
