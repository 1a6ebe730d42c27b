// The floors of the house. A room (a folder of lib) sees its own files and the floors below, never a door (a file of lib).

/** From the ground up; rooms that share a floor do not see each other. */
const floors = [
  ['fault'],
  ['stream'],
  ['wire'],
  ['transport'],
  ['session'],
  ['rest'],
  ['history'],
  ['projection'],
  ['feed'],
  ['log'],
  ['conversation'],
  ['client'],
  ['angular', 'worker', 'server', 'testing'],
  ['cli'],
];
/** Rooms that see less than all the floors below them. */
const seesOnly = { server: ['fault', 'stream', 'wire'], testing: ['fault', 'stream', 'wire', 'transport'] };

/** Files that know that there is a Node; no browser door may lead to them. */
const onlyInNode = [
  '^lib/(server|cli)/',
  '^lib/transport/[nN]ode[^/]*\\.ts$',
  '^lib/worker/(file|level)[^/]*\\.ts$',
];

const anyDoor = '^lib/[^/]+\\.ts$';
const oneOf = (rooms) => `^lib/(${rooms.join('|')})/`;

const floorRules = floors.flatMap((rooms, floor) =>
  rooms.map((room) => {
    const visible = [room, ...(seesOnly[room] ?? floors.slice(0, floor).flat())];
    return {
      name: `${room}-sees-the-floors-below`,
      comment: `lib/${room}/ may import from: ${visible.join(', ')}.`,
      severity: 'error',
      from: { path: oneOf([room]) },
      to: { path: '^lib/[^/]+/', pathNot: oneOf(visible) },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'every-room-has-a-floor',
      comment: 'A new folder in lib needs its place in the list of floors in this file.',
      severity: 'error',
      from: { path: '^lib/[^/]+/', pathNot: oneOf(floors.flat()) },
      to: {},
    },
    {
      name: 'no-door-from-a-room',
      comment: 'Doors are for those outside. Inside, import from the room that owns the name.',
      severity: 'error',
      from: { path: '^lib/[^/]+/', pathNot: oneOf(['cli']) },
      to: { path: anyDoor },
    },
    {
      name: 'no-door-from-a-door',
      comment: 'A door names what its rooms own; two doors may name the same thing.',
      severity: 'error',
      from: { path: anyDoor },
      to: { path: anyDoor },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-spec-from-lib',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^spec/' },
    },
    {
      name: 'every-file-is-reached-from-a-door',
      comment: 'What no door leads to is shipped and can never run.',
      severity: 'error',
      from: { path: anyDoor },
      to: { path: '^lib/', pathNot: anyDoor, reachable: false },
    },
    {
      name: 'browser-doors-reach-no-node',
      comment:
        'These doors run in browsers: nothing behind them may need ws, a Node built-in or a Node door.',
      severity: 'error',
      from: { path: '^lib/(index|angular|worker|testing)\\.ts$' },
      to: {
        reachable: true,
        path: ['^lib/(node|server|cli)\\.ts$', ...onlyInNode, '(^|/)node_modules/ws/'],
      },
    },
    {
      name: 'no-built-in-outside-of-node',
      severity: 'error',
      from: { path: '^lib/', pathNot: ['^lib/(node|server|cli)\\.ts$', ...onlyInNode] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
