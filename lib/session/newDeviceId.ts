/** Makes a random UUID (version 4) as the server's name for this installation. It is no secret. */
export const newDeviceId = (random: () => number): string =>
  'xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx'
    .replaceAll('x', () => Math.floor(random() * 16).toString(16))
    .replace('v', () => (8 + Math.floor(random() * 4)).toString(16));
