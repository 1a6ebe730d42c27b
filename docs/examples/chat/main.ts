import { button, element } from './element.js';
import { openScreen } from './screen.js';
import { askFor, type Setup } from './setup.js';
import { trouble } from './trouble.js';

/** Puts the screens of all people side by side; where there is no room, one of them, and a switch. */
const open = async (): Promise<void> => {
  const setup = await askFor<Setup>('setup');
  const screens = setup.people.map((profileId) => openScreen(profileId, setup));
  const main = document.querySelector('main');
  main?.append(element('div', { class: 'screens' }, ...screens.map(({ node }) => node)), trouble(screens));

  const choose = (index: number): void => {
    screens.forEach(({ node }, each) => node.classList.toggle('chosen', each === index));
    choices.forEach((choice, each) => {
      choice.setAttribute('aria-pressed', String(each === index));
    });
  };
  const choices = setup.people.map((profileId, index) =>
    button(setup.names[profileId] ?? profileId, {}, () => {
      choose(index);
    }),
  );
  document.querySelector('.whose')?.append(...choices);
  choose(0);
};

await open();
